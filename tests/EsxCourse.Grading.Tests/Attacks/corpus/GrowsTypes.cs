// Attack: types that contain each other twice over, a million in all.
// Expect: TypeLoadException
public struct T0 { public long A, B; }
public struct T1 { public T0 A, B, C, D; }
public struct T2 { public T1 A, B, C, D; }
public struct T3 { public T2 A, B, C, D; }
public struct T4 { public T3 A, B, C, D; }
public struct T5 { public T4 A, B, C, D; }
public struct T6 { public T5 A, B, C, D; }
public struct T7 { public T6 A, B, C, D; }
public struct T8 { public T7 A, B, C, D; }
public struct T9 { public T8 A, B, C, D; }
public struct T10 { public T9 A, B, C, D; }
public struct T11 { public T10 A, B, C, D; }
public struct T12 { public T11 A, B, C, D; }
public struct T13 { public T12 A, B, C, D; }
public struct T14 { public T13 A, B, C, D; }
public struct T15 { public T14 A, B, C, D; }
public struct T16 { public T15 A, B, C, D; }
public struct T17 { public T16 A, B, C, D; }
public struct T18 { public T17 A, B, C, D; }
public struct T19 { public T18 A, B, C, D; }

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        T19 giant = default;
        return giant.A.A.A.A.A.GetHashCode();
    }
}
