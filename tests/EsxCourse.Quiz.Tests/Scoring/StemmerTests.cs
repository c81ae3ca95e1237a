using EsxCourse.Quiz.Scoring;

namespace EsxCourse.Quiz.Tests.Scoring;

public sealed class StemmerTests
{
    // Examples of Porter's paper, step by step.
    [Theory]
    [InlineData("caresses", "caress")]
    [InlineData("ponies", "poni")]
    [InlineData("feed", "feed")]
    [InlineData("agreed", "agre")]
    [InlineData("plastered", "plaster")]
    [InlineData("motoring", "motor")]
    [InlineData("sized", "size")]
    [InlineData("hopping", "hop")]
    [InlineData("filing", "file")]
    [InlineData("happy", "happi")]
    [InlineData("relational", "relat")]
    [InlineData("conditional", "condit")]
    [InlineData("triplicate", "triplic")]
    [InlineData("adjustable", "adjust")]
    [InlineData("replacement", "replac")]
    [InlineData("probate", "probat")]
    [InlineData("controll", "control")]
    public void A_word_has_the_stem_of_the_paper(string word, string stem) => Assert.Equal(stem, Stemmer.Stem(word));

    [Theory]
    [InlineData("inflate", "inflates", "inflated", "inflating")]
    [InlineData("swap", "swaps", "swapped", "swapping")]
    [InlineData("reclaim", "reclaims", "reclaimed", "reclaiming")]
    [InlineData("write", "writes", "wrote", "written")]
    public void Inflections_share_their_stem(params string[] words) => Assert.Single(words.Select(Stemmer.Stem).Distinct());
}
