using BenchmarkDotNet.Running;

// dotnet run -c Release --project benchmarks/Microbenchmarks -- --filter '*'
return BenchmarkSwitcher.FromAssembly(typeof(LicenceChain.Microbenchmarks.Sm2Benchmarks).Assembly).Run(args).Any() ? 0 : 1;
