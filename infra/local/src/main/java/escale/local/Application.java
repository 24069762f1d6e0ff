package escale.local;

import escale.local.supervision.CannotStart;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

/** What {@code ./escale} calls for everything that is more than a few lines of shell. */
final class Application {
    private Application() {}

    public static void main(String... words) throws InterruptedException {
        System.exit(run(Arrays.asList(words)));
    }

    private static int run(List<String> words) throws InterruptedException {
        try {
            var place = Place.fromEnvironment();
            return switch (words.isEmpty() ? "" : words.getFirst()) {
                case "up" ->
                    new Up(place, Ports.fromEnvironment(), Clock.system(ZoneId.systemDefault()), Application::say)
                            .run(words.subList(1, words.size()));
                case "token" -> MintToken.run(place, words.subList(1, words.size()), Application::say);
                case "doctor" -> new Doctor(place, Ports.fromEnvironment(), Application::say).run();
                default -> new SendOrder(place, Application::say).run(words);
            };
        } catch (CannotStart e) {
            System.err.println(e.getMessage());
            return 1;
        } catch (IOException e) {
            System.err.println("That did not work: " + e);
            return 1;
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
