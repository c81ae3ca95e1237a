using EsxCourse.Contracts;

namespace EsxCourse.Kernel.Tests.Running;

/// <summary>Each magic of .NET Interactive that is missing here is known by name, and says what to use instead, before anything runs.</summary>
public sealed class DialectTests
{
    [Theory]
    [InlineData("javascript", "use #!html with a <script> element")]
    [InlineData("js", "use #!html with a <script> element")]
    [InlineData("fsharp", "write it in C#")]
    [InlineData("f#", "write it in C#")]
    [InlineData("pwsh", "use System.Diagnostics.Process in C#")]
    [InlineData("powershell", "use System.Diagnostics.Process in C#")]
    [InlineData("sql", "query from C#")]
    [InlineData("kql", "query from C#")]
    [InlineData("python", "write it in C#")]
    [InlineData("R", "write it in C#")]
    [InlineData("http", "use HttpClient in C#")]
    [InlineData("httpRequest", "use HttpClient in C#")]
    [InlineData("value", "use a C# string")]
    [InlineData("set", "assign a C# variable; all cells share one session")]
    [InlineData("share", "use the variable; all cells share one session")]
    [InlineData("connect", "leave it out; there is one session and it is C#")]
    [InlineData("select", "leave it out; there is one session and it is C#")]
    [InlineData("log", "write to Console.Error")]
    [InlineData("extension", "load the library with #r; its module initialiser registers formatters")]
    [InlineData("help", "use #!lsmagic")]
    public async Task A_magic_that_only_NET_Interactive_has_says_what_to_use_instead(string name, string remedy)
    {
        BadInputException bad = await Assert.ThrowsAsync<BadInputException>(() => Notebooks.RunAsync($"1\n#!{name} argument\nx"));
        Assert.Equal($"the magic #!{name} exists in .NET Interactive and not here", bad.Problem);
        Assert.Equal(remedy, bad.Remedy);
        Assert.EndsWith("cell 1, line 2", bad.Place, StringComparison.Ordinal);
    }
}
