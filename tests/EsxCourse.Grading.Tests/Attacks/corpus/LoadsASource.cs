#load "Reference.cs"
// Attack: loads the reference as source.
public sealed class Attack;
