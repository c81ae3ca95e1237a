using System.Diagnostics;
using Npgsql;

namespace EsxCourse.Tests;

/// <summary>
/// A real PostgreSQL server of the tests' own, from Debian's package: in a temporary folder, on a socket in it and no port, under a plain user
/// (the server refuses to run as root). It ends with the tests.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    // Short: the path of a socket may have 107 characters.
    private readonly string folder = Directory.CreateTempSubdirectory("esxpg-").FullName;
    private readonly string? programs = Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    private int databases;

    private string Data => Path.Combine(folder, "data");

    public async ValueTask InitializeAsync()
    {
        if (programs is null)
            return;
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", "nobody", folder);
        await ServerAsync("initdb", "-D", Data, "-U", "esx", "-A", "trust", "-E", "UTF8", "--no-sync");
        await ServerAsync("pg_ctl", "-D", Data, "-w", "-l", Path.Combine(folder, "log"), "-o", $"-k {folder} -c listen_addresses= -c fsync=off", "start");
    }

    /// <summary>Makes an empty database; or skips the test where there is no server to be had.</summary>
    /// <returns>Its place.</returns>
    public async Task<string> NewDatabaseAsync()
    {
        RequiredTool.Need(programs is not null, "PostgreSQL's server (Debian's package postgresql)");
        string name = $"grades{Interlocked.Increment(ref databases)}";
        await ExecuteAsync($"CREATE DATABASE {name}", "postgres");
        return Place(name);
    }

    public string Place(string database) => $"postgres://esx@/{database}?host={Uri.EscapeDataString(folder)}";

    public async Task ExecuteAsync(string sql, string database)
    {
        await using NpgsqlConnection connection = new($"Host={folder};Username=esx;Database={database};Pooling=false");
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (programs is not null)
            await ServerAsync("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");
        Directory.Delete(folder, recursive: true);
    }

    private Task ServerAsync(string program, params string[] arguments)
    {
        string[] command = [Path.Combine(programs!, program), .. arguments];
        return Environment.IsPrivilegedProcess ? RunAsync(["runuser", "-u", "nobody", "--", .. command]) : RunAsync(command);
    }

    private async Task RunAsync(params string[] command)
    {
        // The server inherits its starter's output and would keep a pipe open for ever: it all goes to a file.
        string said = Path.Combine(folder, "said");
        ProcessStartInfo start = new("sh", ["-c", $"exec \"$@\" >'{said}' 2>&1 </dev/null", "sh", .. command]) { WorkingDirectory = folder };
        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}: {await File.ReadAllTextAsync(said)}");
    }
}
