using EsxCourse.Contracts;
using EsxCourse.Memory.Simulation;

namespace EsxCourse.Memory.Tests.Simulation;

public sealed class ScenarioFileTests
{
    private const string Good = """
        name: A test
        seconds: 10
        host:
          memory: 4 MiB
          tax: 0.75
        vms:
          - name: one
            memory: 2 MiB
            min: 1 MiB
            shares: 100
            workload: { kind: steady, pages: 1 MiB }
          - name: two
            memory: 2 MiB
            start: 5
            workload:
              kind: phased
              phases:
                - { seconds: 3, pages: 100 }
                - { seconds: 3, pages: 300 }
        events:
          - { at: 6, do: shares, vm: one, to: 200 }
          - { at: 7, do: crash, vm: two }
        """;

    [Fact]
    public void A_good_file_is_read()
    {
        Scenario scenario = Scenario.Parse("good.yaml", Good);
        Assert.Equal("A test", scenario.Name);
        Assert.Equal(PageCount.FromMebibytes(4), scenario.Host.MachineMemory);
        Assert.Equal(["one", "two"], scenario.Vms.Select(v => v.Options.Name));
        Assert.Equal(new SetSharesEvent(6, "one", new Shares(200)), scenario.Events[0]);
        Assert.Equal(new PageCount(256), Assert.IsType<SteadyWorkload>(scenario.Vms[0].Options.Workload).Pages);
    }

    [Fact]
    public void Several_VMs_of_an_entry_start_one_after_another()
    {
        Scenario scenario = Scenario.Parse("good.yaml", Good.Replace("    start: 5", "    start: 3\n    count: 3\n    every: 2", StringComparison.Ordinal).Replace("vm: two", "vm: two-3", StringComparison.Ordinal));
        Assert.Equal([("one", 0), ("two-1", 3), ("two-2", 5), ("two-3", 7)], scenario.Vms.Select(v => (v.Options.Name, v.StartSeconds)));
    }

    [Theory]
    [InlineData("4MiB")]
    [InlineData("4096 KiB")]
    [InlineData("1024")]
    [InlineData("1024pages")]
    public void A_size_is_a_number_and_a_unit(string size) =>
        Assert.Equal(PageCount.FromMebibytes(4), Scenario.Parse("good.yaml", Good.Replace("4 MiB", size, StringComparison.Ordinal)).Host.MachineMemory);

    // What is changed in the good file, the line that must be named, and a word of the message.
    [Theory]
    [InlineData("  tax: 0.75", "  taxes: 0.75", 5, "'taxes' means nothing here")]             // a wrong key
    [InlineData("memory: 4 MiB", "memory: -4 MiB", 4, "not a size")]                           // a negative size
    [InlineData("memory: 4 MiB", "memory: plenty", 4, "not a size")]                           // not a size
    [InlineData("memory: 4 MiB", "memory: 4 parsecs", 4, "not a size")]                        // an unknown unit
    [InlineData("    min: 1 MiB", "    min: 3 MiB", 9, "above 'memory'")]                      // min > max
    [InlineData("tax: 0.75", "tax: 1", 5, "from 0 to below 1")]                                // τ = 1
    [InlineData("tax: 0.75", "tax: NaN", 5, "from 0 to below 1")]                              // not a number
    [InlineData("kind: steady", "kind: frantic", 11, "workload 'frantic' is unknown")]         // an unknown workload
    [InlineData("kind: steady, pages: 1 MiB }", "kind: image, pages: 9 pages, zero: 5 pages, library: 5 pages }", 11, "add up to 10 pages, more than 'pages'")] // parts larger than the whole
    [InlineData("pages: 1 MiB }", "pages: 0 }", 11, "not a size of at least 1 page")]          // a working set of nothing
    [InlineData("vm: one, to", "vm: three, to", 21, "there is no VM 'three'")]                 // an event for a VM that does not exist
    [InlineData("at: 7, do: crash", "at: 3, do: crash", 22, "starts at second 5")]             // an event before its VM starts
    [InlineData("do: crash", "do: explode", 22, "event 'explode' is unknown")]                 // an unknown event
    [InlineData("name: A test", "name: [A, test", 1, "not YAML")]                              // not YAML
    [InlineData("seconds: 10", "seconds: ten", 2, "not a whole number")]                       // a word for a number
    [InlineData("seconds: 10", "seconds: 0", 2, "not a whole number from 1")]                  // no time
    [InlineData("    start: 5", "    every: 5", 14, "time between the starts of several VMs")] // nothing comes after one VM
    [InlineData("    start: 5", "    count: 4000\n    every: 9000", 15, "would start at second 35991000")] // later than any run lasts
    [InlineData("seconds: 10\n", "", 1, "'seconds' is missing")]                               // a missing key
    [InlineData("  - name: two", "  - name: one", 12, "there is a VM 'one' already")]          // the same name twice
    [InlineData("shares: 100", "shares: -1", 10, "not a whole number from 0")]                 // negative shares
    [InlineData("    shares: 100", "    shares: [100]", 10, "must be a single value")]         // a list for a value
    [InlineData("  memory: 4 MiB\n  tax: 0.75", "  - memory: 4 MiB", 4, "'host' must be a list of 'key: value' lines")] // a list for a mapping
    [InlineData("        - { seconds: 3, pages: 100 }\n        - { seconds: 3, pages: 300 }", "        []", 16, "'phases' is missing or empty")]
    [InlineData("seconds: 10", "seconds: 10\nseconds: 11", 3, "uplicate")]                     // a key twice
    [InlineData("do: crash, vm: two", "do: tax, to: 2", 22, "from 0 to below 1")]              // a wrong rate in an event
    [InlineData("{ at: 6, do: shares, vm: one, to: 200 }", "{ at: 6, do: remove, vm: two }", 22, "was removed before second 7")]
    public void A_broken_file_is_refused_with_its_line(string good, string broken, int line, string problem)
    {
        string text = Good.ReplaceLineEndings("\n");
        Assert.Contains(good, text, StringComparison.Ordinal);
        BadInputException bad = Assert.Throws<BadInputException>(() => Scenario.Parse("broken.yaml", text.Replace(good, broken, StringComparison.Ordinal)));
        Assert.Equal($"broken.yaml:{line}", bad.Place);
        Assert.Contains(problem, bad.Message, StringComparison.Ordinal);
        Assert.NotEmpty(bad.Remedy);
        Assert.DoesNotContain('\n', bad.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("just a word")]
    [InlineData("- a\n- list")]
    [InlineData("%&/(")]
    [InlineData("name: x\n---\nname: y")]
    public void What_is_no_scenario_at_all_is_refused(string text) =>
        Assert.StartsWith("x.yaml:", Assert.Throws<BadInputException>(() => Scenario.Parse("x.yaml", text)).Place, StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_refused() =>
        Assert.Equal("no/such.yaml", Assert.Throws<BadInputException>(() => Scenario.Load("no/such.yaml")).Place);

    [Fact]
    public void A_VM_that_admission_control_refuses_is_reported_with_its_line()
    {
        ScenarioRun run = new(Scenario.Parse("full.yaml", Good.Replace("min: 1 MiB", "min: 2 MiB", StringComparison.Ordinal).Replace("memory: 4 MiB", "memory: 2 MiB", StringComparison.Ordinal)));
        BadInputException bad = Assert.Throws<BadInputException>(() => run.RunToEnd(TestContext.Current.CancellationToken));
        Assert.Equal("full.yaml:12", bad.Place);
        Assert.Contains("admission control", bad.Message, StringComparison.Ordinal);
    }
}
