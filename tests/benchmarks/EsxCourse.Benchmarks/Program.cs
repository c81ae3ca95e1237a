using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// Single functions of the memory manager under BenchmarkDotNet, for work on one of them:
//
//   dotnet run -c Release --project tests/benchmarks/EsxCourse.Benchmarks -- --filter '*Replacement*'
//
// Figures with limits and peers are esx bench's. Everything is measured in this process: no project is generated and built for it.

IConfig config = ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "esx-benchmarks"));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
