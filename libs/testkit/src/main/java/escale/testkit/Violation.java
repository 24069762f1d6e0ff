package escale.testkit;

import com.tngtech.archunit.core.domain.JavaClass;

/**
 * Something a house rule forbids.
 *
 * @param where the class, package or file, by which an exception can be made
 */
record Violation(String where, String what) {
    static Violation in(JavaClass where, String what) {
        return new Violation(where.getName(), what);
    }
}
