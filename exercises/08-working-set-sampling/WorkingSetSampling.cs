namespace Homework;

/// <summary>Your solution to 08-working-set-sampling. Fill in the five methods; README.md says what each must do.</summary>
public sealed class WorkingSetSampling : IWorkingSetSampling
{
    public void Start(IMappings mappings, IDice dice, PageCount size, SamplingRules rules) => throw new NotImplementedException();

    public void Trapped(Ppn page) => throw new NotImplementedException();

    public void Ran(int milliseconds) => throw new NotImplementedException();

    public double ActiveFraction() => throw new NotImplementedException();

    public PageCount ActivePages() => throw new NotImplementedException();
}
