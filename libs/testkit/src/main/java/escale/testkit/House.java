package escale.testkit;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the rules are applied to: one module's code, by the package it lives in.
 *
 * @param rooms sub-packages that hold a feature of their own, where the same rules hold as in the root package
 */
record House(String root, Set<String> rooms, List<JavaClass> written, Path sources, ClassLoader classPath) {
    static House of(String root, Set<String> rooms, ImportOption... options) {
        var classes = new ClassFileImporter(List.of(options)).importPackages(root);
        return new House(
                root,
                rooms,
                classes.stream().filter(House::isWritten).toList(),
                Path.of(System.getProperty("basedir", "")).resolve("src/main/java"),
                House.class.getClassLoader());
    }

    /** Micronaut writes classes too; their names start with a dollar. */
    private static boolean isWritten(JavaClass type) {
        return !type.getName().substring(type.getPackageName().length() + 1).startsWith("$");
    }

    /** All classes but the package-infos. */
    Stream<JavaClass> classes() {
        return written.stream().filter(type -> !type.getSimpleName().equals("package-info"));
    }

    /** The package a class lives in, seen from the root package: empty there, {@code http} in that door. */
    String placeOf(JavaClass type) {
        var name = type.getPackageName();
        return name.equals(root) ? "" : name.substring(root.length() + 1);
    }

    boolean contains(JavaClass type) {
        return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
    }

    boolean isRoom(String place) {
        return place.isEmpty() || rooms.contains(place);
    }
}
