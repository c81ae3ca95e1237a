namespace EsxCourse.Grading.Tests.Similarity;

// Solutions to 07-idle-memory-tax as a class of students writes them without talking to each other: the reference, the mutants' mistakes and solutions
// written by hand, taken apart into the decisions that an author makes (a loop or LINQ, a fraction or pages, guard or nesting, records or arrays,
// a helper or not), each with its alternatives. A seed decides. They compile; some have a mistake.

/// <summary>A seeded generator of solutions whose control flow, decomposition and expressions differ.</summary>
internal static class IndependentSolutions
{
    /// <summary>The solution of one seed.</summary>
    public static string Of(int seed)
    {
        Random draw = new(seed);
        string Pick(params string[] options) => options[draw.Next(options.Length)];
        string[] Mixed(params string[] parts)
        {
            draw.Shuffle(parts);
            return parts;
        }

        string guard = Pick("if (vm.Pages.Value == 0)", "if (vm.Pages == default)", "if (vm.Pages.Value < 1)", "if (!(vm.Pages.Value > 0))");
        string active = Pick(
            "static long Busy(TaxedVm vm) => vm.Grows ? vm.Pages.Value : Math.Min(vm.Active.Value, vm.Pages.Value);",
            "static long Busy(TaxedVm vm) { if (vm.Grows) return vm.Pages.Value; return vm.Active > vm.Pages ? vm.Pages.Value : vm.Active.Value; }",
            "static long Busy(TaxedVm vm) => vm switch { { Grows: true } => vm.Pages.Value, _ when vm.Active < vm.Pages => vm.Active.Value, _ => vm.Pages.Value };",
            "static long Busy(TaxedVm vm) { long used = vm.Active.Value; if (used > vm.Pages.Value || vm.Grows) used = vm.Pages.Value; return used; }",
            "static long Busy(TaxedVm vm) => (vm.Grows ? vm.Pages : PageCount.Min(vm.Pages, vm.Active)).Value;",
            "static long Busy(TaxedVm vm) { PageCount used = vm.Active; if (vm.Grows) { used = vm.Pages; } else if (used > vm.Pages) { used = vm.Pages; } return used.Value; }",
            "static long Busy(TaxedVm vm) => new[] { vm.Pages.Value, vm.Grows ? long.MaxValue : vm.Active.Value }.Min();");
        string cost = Pick(
            "=> 100.0 / (100 - taxPercent);", "=> 1 / (1 - taxPercent / 100.0);", "{ double tau = taxPercent * 0.01; return 1 / (1 - tau); }",
            "{ if (taxPercent == 0) return 1; return 100d / (100 - taxPercent); }", "=> Math.Pow(1 - taxPercent / 100.0, -1);",
            "{ double keep = 100 - taxPercent; return 100 / keep; }", "=> taxPercent == 0 ? 1 : 100.0 / taxPercent;", "=> 1 + taxPercent / (100.0 - taxPercent);",
            "{ var untaxed = 1m - taxPercent / 100m; return (double)(1 / untaxed); }");

        return string.Join("\n", [
            Pick("namespace Homework;\n", "", "namespace Tax;\n"), Pick("public sealed class Answer : IMemoryTax", "class Answer : IMemoryTax", "internal sealed class Answer : IMemoryTax"), "{",
            .. Mixed(
                $"public double IdlePageCost(int taxPercent) {cost}",
                $"public double SharesPerPage(TaxedVm vm, int taxPercent) {SharesPerPage(Pick, Mixed, guard)}",
                $"public Bill BillOf(TaxedVm vm, int taxPercent) {Bill(Pick, Mixed, guard)}",
                $"public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) {Victim(Pick)}",
                $"public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) {Revoke(Pick, Mixed)}",
                $"private {active}"),
            "}",
        ]);
    }

    private delegate string Choice(params string[] options);

    private delegate string[] Shuffle(params string[] parts);

    private static string SharesPerPage(Choice pick, Shuffle mixed, string guard)
    {
        string k = pick("IdlePageCost(taxPercent)", "k"), declared = k == "k" ? "double k = IdlePageCost(taxPercent);" : "";
        return pick(
            $"{{ {guard} return double.PositiveInfinity; {string.Join(" ", mixed(declared, "long busy = Busy(vm);"))} return vm.Shares.Value / (busy + {k} * (vm.Pages.Value - busy)); }}",
            $"{{ {declared} if (vm.Pages.Value > 0) {{ double f = (double)Busy(vm) / vm.Pages.Value; return vm.Shares.Value / (vm.Pages.Value * (f + {k} * (1 - f))); }} return double.PositiveInfinity; }}",
            $"{{ {guard} {{ return double.MaxValue * 2; }} {string.Join(" ", mixed(declared, "double pages = vm.Pages.Value;", "double shares = vm.Shares.Value;"))} double part = Busy(vm) / pages; double price = shares / pages; return price / (part + {k} * (1 - part)); }}",
            $"{{ {declared} double taxed = {k} * (vm.Pages.Value - Busy(vm)); taxed += Busy(vm); return taxed == 0 ? double.PositiveInfinity : vm.Shares.Value / taxed; }}",
            $"=> vm.Pages.Value == 0 ? double.PositiveInfinity : vm.Shares.Value / (Busy(vm) + (vm.Pages.Value - Busy(vm)) * IdlePageCost(taxPercent));",
            $"{{ {declared} var idle = vm.Pages.Value - Busy(vm); var virtualPages = vm.Pages.Value + ({k} - 1) * idle; {guard} virtualPages = 0; return vm.Shares.Value / virtualPages; }}",
            $"{{ double sum = 0; {declared} for (long page = 0; page < vm.Pages.Value; page++) sum += page < Busy(vm) ? 1 : {k}; return vm.Shares.Value / sum; }}",
            $"{{ {guard} return 1 / 0.0; {declared} double f = Math.Clamp(Busy(vm) / (double)vm.Pages.Value, 0, 1); double rho = vm.Shares.Value; rho /= vm.Pages.Value; rho /= {k} - ({k} - 1) * f; return rho; }}");
    }

    private static string Bill(Choice pick, Shuffle mixed, string guard) => pick(
        $"{{ {guard} return new Bill(0, 0); double price = SharesPerPage(vm, taxPercent); long busy = Busy(vm); return new Bill(price * busy, price * IdlePageCost(taxPercent) * (vm.Pages.Value - busy)); }}",
        $"{{ {guard} {{ return new(0, 0); }} {string.Join(" ", mixed("var price = SharesPerPage(vm, taxPercent);", "double share = vm.Shares.Value;"))} var forActive = Busy(vm) * price; return new(forActive, share - forActive); }}",
        $"=> vm.Pages.Value == 0 ? default : new Bill(Busy(vm) * SharesPerPage(vm, taxPercent), (vm.Pages.Value - Busy(vm)) * IdlePageCost(taxPercent) * SharesPerPage(vm, taxPercent));",
        $"{{ {string.Join(" ", mixed("double a = Busy(vm);", "double b = IdlePageCost(taxPercent) * (vm.Pages.Value - Busy(vm));"))} if (a + b == 0) return new Bill(0, 0); return new Bill(vm.Shares.Value * a / (a + b), vm.Shares.Value * b / (a + b)); }}",
        $"{{ Bill bill = new Bill(); if (vm.Pages.Value != 0) {{ double idlePrice = SharesPerPage(vm, taxPercent) * IdlePageCost(taxPercent); double idle = idlePrice * (vm.Pages.Value - Busy(vm)); bill = bill with {{ Idle = idle, Active = vm.Shares.Value - idle }}; }} return bill; }}",
        $"{{ double active = 0, idle = 0; double p = SharesPerPage(vm, taxPercent); for (int i = 0; i < vm.Pages.Value; i++) {{ if (i < Busy(vm)) active += p; else idle += p * IdlePageCost(taxPercent); }} return new Bill(active, idle); }}",
        $"{{ {guard} return default; double f = (double)Busy(vm) / vm.Pages.Value, k = IdlePageCost(taxPercent); double part = f / (f + k * (1 - f)); return new Bill(part * vm.Shares.Value, (1 - part) * vm.Shares.Value); }}",
        $"{{ (double a, double i) = (Busy(vm), vm.Pages.Value - Busy(vm)); double unit = a + i > 0 ? SharesPerPage(vm, taxPercent) : 0; return new Bill(Active: unit * a, Idle: unit * i * 100 / (100 - taxPercent)); }}");

    private static string Victim(Choice pick)
    {
        string rich = pick("vms[i].Pages > vms[i].Min", "vms[i].Min < vms[i].Pages", "vms[i].Pages.Value - vms[i].Min.Value > 0");
        string less = pick("<", "<", "<=");
        return pick(
            $"{{ int best = -1; for (int i = 0; i < vms.Count; i++) if ({rich} && (best < 0 || SharesPerPage(vms[i], taxPercent) {less} SharesPerPage(vms[best], taxPercent))) best = i; return best < 0 ? null : new VmId(best); }}",
            $"{{ VmId? found = null; double lowest = double.PositiveInfinity; for (int i = 0; i < vms.Count; i++) {{ double price = SharesPerPage(vms[i], taxPercent); if ({rich} && price {less} lowest) (found, lowest) = (new VmId(i), price); }} return found; }}",
            $"{{ int[] able = [.. Enumerable.Range(0, vms.Count).Where(i => {rich})]; return able.Length == 0 ? null : new VmId(able.MinBy(i => SharesPerPage(vms[i], taxPercent))); }}",
            $"{{ double lowest = double.MaxValue; int at = 0; VmId? answer = default; foreach (TaxedVm vm in vms) {{ if (vm.Pages <= vm.Min) {{ at++; continue; }} double now = SharesPerPage(vm, taxPercent); if (now {less} lowest) {{ lowest = now; answer = new VmId(at); }} at++; }} return answer; }}",
            $"{{ var order = vms.Select((vm, i) => (Cost: SharesPerPage(vm, taxPercent), Number: i)).Where(x => vms[x.Number].Min < vms[x.Number].Pages).OrderBy(x => x.Cost).ThenBy(x => x.Number).ToList(); if (order.Count > 0) return new VmId(order[0].Number); return null; }}",
            $"{{ SortedDictionary<double, int> byPrice = new(); for (int i = vms.Count - 1; i >= 0; i--) {{ if ({rich}) byPrice[SharesPerPage(vms[i], taxPercent)] = i; }} foreach (var pair in byPrice) return new VmId(pair.Value); return null; }}",
            $"{{ int i = 0; int? chosen = null; while (i < vms.Count) {{ bool may = {rich}; if (may) {{ if (chosen is null) chosen = i; else if (SharesPerPage(vms[i], taxPercent) {less} SharesPerPage(vms[chosen.Value], taxPercent)) chosen = i; }} i++; }} return chosen is int c ? new VmId(c) : null; }}",
            $"{{ return Least(0, null); VmId? Least(int i, VmId? best) {{ if (i == vms.Count) return best; bool better = {rich} && (best is not VmId b || SharesPerPage(vms[i], taxPercent) {less} SharesPerPage(vms[b.Value], taxPercent)); return Least(i + 1, better ? new VmId(i) : best); }} }}",
            $"{{ PriorityQueue<int, (double, int)> queue = new(); for (int i = 0; i < vms.Count; i++) if ({rich}) queue.Enqueue(i, (SharesPerPage(vms[i], taxPercent), i)); return queue.TryDequeue(out int first, out _) ? new VmId(first) : null; }}");
    }

    private static string Revoke(Choice pick, Shuffle mixed)
    {
        string free = pick("long free = Math.Min(wanted.Value, freeAboveHigh.Value);", "long free = freeAboveHigh.Value; if (free > wanted.Value) free = wanted.Value;", "long free = wanted < freeAboveHigh ? wanted.Value : freeAboveHigh.Value;", "long free = PageCount.Min(freeAboveHigh, wanted).Value;");
        string list = pick("List<Revocation> taken = [];", "var taken = new List<Revocation>();", "List<Revocation> taken = new(capacity: 16);");
        string me = pick("int me = requester.Value;", "var me = requester.Value;");
        string add = pick("taken.Add(new Revocation(new VmId(from), price));", "taken.Add(new(new VmId(from), price));", "Revocation one = new(new VmId(from), price); taken.Add(one);");
        string move = pick(
            "now[from] = now[from] with { Pages = now[from].Pages - new PageCount(1) }; now[me] = now[me] with { Pages = now[me].Pages + new PageCount(1) };",
            "now[me] = now[me] with { Pages = new PageCount(now[me].Pages.Value + 1) }; now[from] = now[from] with { Pages = new PageCount(now[from].Pages.Value - 1) };",
            "TaxedVm poorer = now[from], richer = now[me]; now[from] = poorer with { Pages = poorer.Pages - new PageCount(1) }; now[me] = richer with { Pages = richer.Pages + new PageCount(1) };",
            "foreach ((int who, int change) in new[] { (from, -1), (me, 1) }) now[who] = now[who] with { Pages = new PageCount(now[who].Pages.Value + change) };");
        string handOut = pick(
            "now[me] = now[me] with { Pages = now[me].Pages + new PageCount(free) };", "TaxedVm first = now[me]; now[me] = first with { Pages = new PageCount(first.Pages.Value + free) };",
            "for (long page = 0; page < free; page++) now[me] = now[me] with { Pages = now[me].Pages + new PageCount(1) };");
        string copy = pick("TaxedVm[] now = [.. vms];", "var now = vms.ToArray();", "TaxedVm[] now = new TaxedVm[vms.Count]; for (int i = 0; i < now.Length; i++) now[i] = vms[i];", "List<TaxedVm> now = new(vms);", "List<TaxedVm> now = vms.ToList();");
        string setUp = $"{string.Join(" ", mixed(list, copy, me, free))} {handOut}";
        string next = pick(
            "if (NextVictim(now, taxPercent) is not VmId poorest) break; int from = poorest.Value;",
            "VmId? poorest = NextVictim(now, taxPercent); if (poorest == null) break; int from = poorest.Value.Value;",
            "int from = me; for (int i = 0; i < vms.Count; i++) if (now[i].Pages > now[i].Min && SharesPerPage(now[i], taxPercent) < SharesPerPage(now[from], taxPercent)) from = i;",
            "int from = Enumerable.Range(0, vms.Count).Where(i => i == me || now[i].Min < now[i].Pages).OrderBy(i => SharesPerPage(now[i], taxPercent)).First();",
            "int from = -1; for (int i = vms.Count - 1; i >= 0; i--) { if (i == me || now[i].Pages <= now[i].Min) continue; if (from < 0 || SharesPerPage(now[i], taxPercent) <= SharesPerPage(now[from], taxPercent)) from = i; } if (from < 0) break;");
        string stop = pick(
            "double price = SharesPerPage(now[from], taxPercent); if (from == me || price >= SharesPerPage(now[me], taxPercent)) break;",
            "if (from == me) break; double price = SharesPerPage(now[from], taxPercent), own = SharesPerPage(now[me], taxPercent); if (own <= price) break;",
            "double own = SharesPerPage(now[me], taxPercent); double price = SharesPerPage(now[from], taxPercent); bool cheaper = price < own; if (!cheaper) break;",
            "var price = SharesPerPage(now[from], taxPercent); if (price.CompareTo(SharesPerPage(now[me], taxPercent)) >= 0) { break; }");
        string step = $"{next} {stop} {string.Join(" ", mixed(add, move))}";
        return pick(
            $"{{ {setUp} for (long left = wanted.Value - free; left > 0; left--) {{ {step} }} return taken; }}",
            $"{{ {setUp} while (taken.Count < wanted.Value - free) {{ {step} }} return taken; }}",
            $"{{ {setUp} long missing = wanted.Value - free; while (true) {{ if (missing == 0) return taken; {step} missing--; }} return taken.AsReadOnly(); }}",
            $"{{ {setUp} if (free == wanted.Value) return taken; do {{ {step} }} while (taken.Count + free != wanted.Value); return taken; }}",
            $"{{ {setUp} foreach (int _ in Enumerable.Range(0, (int)(wanted.Value - free))) {{ {step} }} return taken.ToArray(); }}",
            $"{{ {setUp} for (PageCount got = new(free); got < wanted; got += new PageCount(1)) {{ {step} }} return taken; }}",
            $"{{ {string.Join(" ", mixed("long[] pages = vms.Select(v => v.Pages.Value).ToArray();", list, me, free))} pages[me] += free; double Price(int i) => SharesPerPage(vms[i] with {{ Pages = new PageCount(pages[i]) }}, taxPercent); "
                + "while (free < wanted.Value) { int from = -1; double price = Price(me); for (int i = 0; i < pages.Length; i++) if (i != me && pages[i] > vms[i].Min.Value && Price(i) < price) { from = i; price = Price(i); } if (from == -1) break; " + $"{add} pages[from]--; pages[me]++; free++; }} return taken; }}",
            $"{{ {setUp} Take(wanted.Value - free); return taken; void Take(long left) {{ if (left <= 0) return; for (int once = 0; once < 1; once++) {{ {step} Take(left - 1); }} }} }}");
    }
}
