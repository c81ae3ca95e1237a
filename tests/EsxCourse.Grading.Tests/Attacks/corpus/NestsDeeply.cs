// Attack: brackets nested by the ten thousand: what a compiler overflows its stack on.
// Expect: it is too much for the compiler
public sealed class Attack
{
    public object Bomb = {TIMES 30000 (}1{TIMES 30000 )};
}
