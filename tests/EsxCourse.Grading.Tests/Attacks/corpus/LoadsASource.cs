#load "Reference.cs"
// Attack: loads the reference as source.
// Expect: #load is not allowed in a submission
public sealed class Attack;
