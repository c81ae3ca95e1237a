#r "EsxCourse.Memory.dll"
// Attack: refers to the library.
public sealed class Attack;
