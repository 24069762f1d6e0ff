package escale.testkit;

import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules of the house that a machine can check, in one line per module:
 *
 * <pre>{@code
 * @Test
 * void the_house_rules_hold() {
 *     HouseRules.check("escale.booking");
 * }
 * }</pre>
 */
public final class HouseRules {
    private record Excuse(HouseRule rule, String where, String reason) {
        Excuse {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("An exception from " + rule + " needs a reason.");
            }
        }

        boolean covers(HouseRule broken, Violation violation) {
            return broken == rule && violation.where().startsWith(where);
        }
    }

    private final String root;
    private final Set<String> rooms;
    private final List<Excuse> exceptions;

    private HouseRules(String root, Set<String> rooms, List<Excuse> exceptions) {
        this.root = root;
        this.rooms = rooms;
        this.exceptions = exceptions;
    }

    /** Fails with all violations in the main code of that package and those below it. */
    public static void check(String root) {
        in(root).check();
    }

    /** For a module that needs a word of its own before it is checked. */
    public static HouseRules in(String root) {
        return new HouseRules(root, Set.of(), List.of());
    }

    /** Sub-packages that are no doors but features, where the same holds as in the root package. */
    public HouseRules rooms(String... names) {
        return new HouseRules(root, Set.of(names), exceptions);
    }

    /** Lets classes whose full name starts so break one rule, for a reason that is worth writing down. */
    public HouseRules except(HouseRule rule, String where, String reason) {
        var more = new ArrayList<>(exceptions);
        more.add(new Excuse(rule, where, reason));
        return new HouseRules(root, rooms, List.copyOf(more));
    }

    public void check() {
        check(House.of(root, rooms, ImportOption.Predefined.DO_NOT_INCLUDE_TESTS));
    }

    void check(House house) {
        if (house.written().isEmpty()) {
            throw new AssertionError("There is no class in " + root + ", so nothing was checked.");
        }
        var unused = new ArrayList<>(exceptions);
        var complaints = new ArrayList<String>();
        for (var rule : HouseRule.values()) {
            for (var violation : rule.violations(house).toList()) {
                var excused = exceptions.stream()
                        .filter(each -> each.covers(rule, violation))
                        .toList();
                unused.removeAll(excused);
                if (excused.isEmpty()) {
                    complaints.add(
                            "%s %s (%s %s)".formatted(violation.where(), violation.what(), rule, rule.sentence()));
                }
            }
        }
        unused.forEach(each -> complaints.add(
                "%s does not break %s any more: drop its exception".formatted(each.where(), each.rule())));
        if (!complaints.isEmpty()) {
            throw new AssertionError(complaints.stream()
                    .sorted()
                    .collect(Collectors.joining("\n  ", "The house rules are broken:\n  ", "")));
        }
    }
}
