package escale.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptTest {
    private static final Path SCRIPT = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .resolve("../../escale")
            .normalize();

    @TempDir
    private Path folder;

    private record Said(String out, String err, int code) {}

    @Test
    void help_names_every_command_the_script_knows() throws Exception {
        var help = bash(SCRIPT.toString(), "help");

        assertThat(help.code()).isZero();
        assertThat(help.err()).isEmpty();
        for (var command : commands()) {
            assertThat(help.out()).containsPattern("(?m)\\b" + command + "\\b");
        }
    }

    @Test
    void no_command_at_all_is_a_call_for_help() throws Exception {
        assertThat(bash(SCRIPT.toString()).out()).startsWith("Escale: ");
    }

    @Test
    void an_unknown_command_is_refused_in_one_sentence() throws Exception {
        var said = bash(SCRIPT.toString(), "fly");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).isEqualTo("There is no command 'fly': ./escale help lists them.\n");
    }

    @Test
    void the_first_jdk_that_is_new_enough_is_taken() throws Exception {
        var old = jdk("old", "21.0.2");
        var runtimeOnly = jdk("runtime", "25.0.1");
        Files.delete(runtimeOnly.resolve("bin/javac"));
        var fit = jdk("fit", "26");
        var other = jdk("other", "25.0.3");

        var said = withJavaHomes(List.of(old, runtimeOnly, fit, other));

        assertThat(said.err()).isEmpty();
        assertThat(said.out()).isEqualTo("found " + fit + "\n");
    }

    @Test
    void without_a_jdk_that_is_new_enough_one_sentence_says_what_to_do() throws Exception {
        var said = withJavaHomes(List.of(jdk("old", "21.0.2"), jdk("older", "17.0.9"), jdk("same", "17.0.1")));

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .isEqualTo("Escale needs a JDK 25 or newer and found only 21, 17:"
                        + " install one (https://adoptium.net) or set JAVA_HOME.\n");
    }

    @Test
    void without_any_jdk_the_sentence_says_so() throws Exception {
        assertThat(withJavaHomes(List.of()).err()).contains("needs a JDK 25 or newer and found none:");
    }

    private Said withJavaHomes(List<Path> homes) throws Exception {
        var lines = new StringBuilder();
        homes.forEach(home -> lines.append("echo '").append(home).append("';"));
        return bash(
                "-c",
                "source '%s'; java_homes() { %s true; }; find_java; echo \"found $JAVA_HOME\""
                        .formatted(SCRIPT, lines));
    }

    private Path jdk(String name, String version) throws IOException {
        var home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        for (var tool : List.of("java", "javac")) {
            Files.createFile(
                    home.resolve("bin").resolve(tool),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    /** From the one switch that tells them apart. */
    private static List<String> commands() throws IOException {
        var main = Files.readString(SCRIPT).split("main\\(\\) \\{", 2)[1];
        var commands = new ArrayList<String>();
        for (var line :
                main.lines().filter(each -> each.matches(" {8}[a-z| -]+\\).*")).toList()) {
            for (var name : line.strip().split("\\)", 2)[0].split("\\|")) {
                if (!name.strip().startsWith("-")) {
                    commands.add(name.strip());
                }
            }
        }
        assertThat(commands).contains("up", "status", "drill");
        return commands;
    }

    private static Said bash(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("bash"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(out, err, process.waitFor());
    }
}
