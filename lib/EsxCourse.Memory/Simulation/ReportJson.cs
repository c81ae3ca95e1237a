using System.Text;
using System.Text.Json;

namespace EsxCourse.Memory.Simulation;

// One document for a run: the end of it, the VMs with every outcome, and the curves over time. A sample's VM is a row of numbers in
// the order of VmSample, because an hour of a large host has millions of them. Written by hand, field by field, so that its bytes
// depend on nothing but the run.

/// <summary>Writes what happened in a run as one JSON document, the same bytes for the same run.</summary>
public static class ReportJson
{
    /// <summary>Writes a run.</summary>
    /// <param name="run">The run.</param>
    /// <returns>The document, indented, with a line feed at its end.</returns>
    public static string Write(ScenarioRun run)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
            Write(json, run);
        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, ScenarioRun run)
    {
        HostReport report = run.Host.Report();
        json.WriteStartObject();
        json.WriteString("scenario", run.Scenario.Name);
        json.WriteNumber("seed", run.Host.Options.Seed);
        json.WriteNumber("seconds", run.Seconds);
        json.WriteString("digest", $"{run.Digest():x16}");
        json.WriteString("state", $"{report.State}");
        json.WriteNumber("machinePages", report.MachineMemory.Value);
        json.WriteNumber("freePages", report.Free.Value);
        json.WriteNumber("swapPages", report.SwapUsed.Value);
        json.WriteStartArray("states");
        foreach (StateReport state in report.States)
        {
            json.WriteStartObject();
            json.WriteString("state", $"{state.State}");
            json.WriteNumber("seconds", state.Time.Seconds);
            json.WriteNumber("entered", state.Entered);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("vms");
        foreach (VmReport vm in report.Vms)
            WriteVm(json, vm);
        json.WriteEndArray();
        json.WriteStartArray("samples");
        foreach (HostSample sample in run.Host.Samples)
            WriteSample(json, sample);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteVm(Utf8JsonWriter json, VmReport vm)
    {
        json.WriteStartObject();
        json.WriteString("name", vm.Name);
        json.WriteNumber("pages", vm.Size.Value);
        json.WriteNumber("min", vm.Min.Value);
        json.WriteNumber("shares", vm.Shares.Value);
        json.WriteNumber("target", vm.Target.Value);
        json.WriteNumber("allocated", vm.Allocated.Value);
        json.WriteNumber("active", vm.Active.Value);
        json.WriteNumber("ballooned", vm.Ballooned.Value);
        json.WriteNumber("swapped", vm.Swapped.Value);
        json.WriteNumber("operations", vm.Operations);
        json.WriteStartObject("outcomes");
        foreach (var (outcome, count) in vm.Outcomes)
            json.WriteNumber($"{outcome}", count);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSample(Utf8JsonWriter json, HostSample sample)
    {
        json.WriteStartObject();
        json.WriteNumber("second", sample.Time.Seconds);
        json.WriteString("state", $"{sample.State}");
        json.WriteNumber("free", sample.Free.Value);
        json.WriteNumber("swap", sample.SwapUsed.Value);
        json.WriteNumber("shared", sample.Shared.Value);
        json.WriteNumber("reclaimed", sample.Reclaimed.Value);
        json.WriteStartArray("vms");
        foreach (VmSample vm in sample.Vms)
        {
            json.WriteStartArray();
            foreach (long number in (ReadOnlySpan<long>)[vm.Allocated.Value, vm.Active.Value, vm.Ballooned.Value, vm.Swapped.Value, vm.Target.Value, vm.BalloonTarget.Value, vm.Operations])
                json.WriteNumberValue(number);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
