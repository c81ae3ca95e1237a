using EsxCourse.Contracts;
using EsxCourse.Memory.Coloring;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Variants;

namespace EsxCourse.Quiz.Templates;

// Page colours of a physically indexed cache (slide "Page coloring"). Geometry and misses come from the simulated cache.
internal static class ColoringTemplates
{
    private static readonly string[] Sources = ["slide: Page coloring"];

    public static IReadOnlyList<ItemTemplate> All { get; } =
    [
        new("color-count", "colouring", "How many colours a cache has", Sources, ColorCount),
        new("page-color", "colouring", "The colour of a page", Sources, PageColor),
        new("color-misses", "colouring", "Misses of pages that share a colour", Sources, Misses),
    ];

    private static NumberDraft ColorCount(SeedStream draw)
    {
        CacheGeometry cache = Cache(draw);
        double pages = cache.SizeBytes / 4096.0;
        return new NumberDraft($"{Told(cache)} How many page colours does it have (pages of 4 KB)?", cache.Colors, 0, "colours", "One way of the cache holds as many pages as there are colours.")
        {
            Traps =
            [
                new(pages, "forgot the ways", "This many pages fill the whole cache; as many of one colour as there are ways fit at a time."),
                new(cache.Ways, "took the ways", "Ways are how many pages of one colour fit."),
                new(cache.Sets, "took the sets", "A page covers 64 sets of 64-byte lines; colours count groups of them."),
            ],
            Worked = [$"one way: {cache.SizeBytes / 1024} KB / {cache.Ways} = {cache.SizeBytes / 1024 / cache.Ways} KB", $"in pages of 4 KB: {cache.Colors} colours"],
        };
    }

    private static NumberDraft PageColor(SeedStream draw)
    {
        CacheGeometry cache = Cache(draw);
        int page = draw.Between(3 * cache.Colors, 40 * cache.Colors);
        return new NumberDraft($"{Told(cache)} Which colour, counted from 0, has machine page {page}?", cache.ColorOf(new Mpn(page)), 0, "",
            "The colour is the page number's lowest bits: its remainder by the number of colours.")
        {
            Traps =
            [
                new(page / cache.Colors, "divided", "The quotient says how often the colours have gone round; the colour is the remainder."),
                new(page % (cache.SizeBytes / 4096), "forgot the ways", "This is the remainder by the pages of the whole cache; a way holds fewer."),
                new(page % cache.Ways, "took the ways", "Pages of one colour compete for the ways; the colour itself comes from the sets."),
            ],
            Worked = [$"{cache.Colors} colours", $"{page} mod {cache.Colors} = {cache.ColorOf(new Mpn(page))}"],
        };
    }

    private static NumberDraft Misses(SeedStream draw)
    {
        CacheGeometry cache = Cache(draw);
        int pages = cache.Ways + draw.Between(1, 3), rounds = draw.Between(3, 6);
        long same = Run(cache, pages, rounds, stride: cache.Colors), apart = Run(cache, pages, rounds, stride: 1);
        return new NumberDraft(
            $"{Told(cache)} A program reads all of {pages} pages of ONE colour in turn, and goes round {rounds} times. How many line misses does it have (64 lines a page, an empty cache at first)?",
            same, 0, "misses", "One page more than there are ways, in a loop, under LRU: the page that comes next has always just been evicted.")
        {
            Traps =
            [
                new(apart, "gave them different colours", "With a colour for each page only the first round would miss. That is what colouring is for."),
                new((long)pages * rounds, "counted pages for lines", "Each page has 64 lines."),
                new((pages - cache.Ways) * 64L * rounds, "evicted only what is too much", "LRU does not keep some and change the rest; in a loop it evicts each page before it is used again."),
            ],
            Worked = [$"{cache.Ways} pages of a colour fit, {pages} are used in turn", $"so every line misses in every round: {pages} x 64 x {rounds} = {same}"],
        };
    }

    private static long Run(CacheGeometry geometry, int pages, int rounds, int stride)
    {
        SetAssociativeCache cache = new(geometry);
        for (int round = 0; round < rounds; round++)
            for (int page = 0; page < pages; page++)
                cache.AccessPage(new Mpn(page * stride));
        return cache.Misses;
    }

    private static CacheGeometry Cache(SeedStream draw) => new(draw.OneOf(256, 512, 1024, 2048) * 1024L, draw.OneOf(2, 4, 8));

    private static string Told(CacheGeometry cache) => $"A physically indexed cache has {cache.SizeBytes / 1024} KB, {cache.Ways} ways and lines of {cache.LineBytes} bytes.";
}
