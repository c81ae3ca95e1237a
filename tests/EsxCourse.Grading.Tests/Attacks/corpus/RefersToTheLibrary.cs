#r "EsxCourse.Memory.dll"
// Attack: refers to the library.
// Expect: #r is not allowed in a submission
public sealed class Attack;
