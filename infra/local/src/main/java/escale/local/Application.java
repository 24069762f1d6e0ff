package escale.local;

import escale.local.deadletters.BookingDoor;
import escale.local.deadletters.PaymentDoor;
import escale.local.deadletters.RedriveDeadLetters;
import escale.local.deadletters.SettleDeadLetters;
import escale.local.deadletters.Terminal;
import escale.local.demo.TellDemo;
import escale.local.supervision.CannotStart;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What {@code ./escale} calls for everything that is more than a few lines of shell. */
final class Application {
    private static String updated = "";

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
                case "demo" -> tellDemo(place, words.subList(1, words.size()));
                case "dlq" -> settle(place, words.subList(1, words.size()));
                case "train" ->
                    new TrainStartCaches(place, Clock.system(ZoneId.systemDefault()), Application::say).run();
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

    private static int settle(Place place, List<String> words) throws IOException, InterruptedException {
        var ports = Ports.fromEnvironment();
        var token = MintToken.operator(place, System.getProperty("user.name"));
        var key = UUID.randomUUID().toString();
        var door = new PaymentDoor(URI.create("http://127.0.0.1:" + ports.payment()), token);
        var booking = new BookingDoor(URI.create("http://127.0.0.1:" + ports.booking()), token, key);
        var redrive = new RedriveDeadLetters(
                door,
                new Terminal(Application::say, Application::update, Application::answer),
                Clock.systemUTC().instant(),
                key);
        return switch (words.isEmpty() ? "" : words.getFirst()) {
            case "redrive" -> redrive.redrive(words.subList(1, words.size()));
            case "redrives" -> words.size() > 1 ? redrive.show(words.get(1)) : redrive.list();
            case "cancel" -> redrive.cancel(words.size() > 1 ? words.get(1) : "");
            default -> new SettleDeadLetters(door, booking, Application::say).run(words);
        };
    }

    /** For a system that runs elsewhere, such as in containers: the demo data of all services but those that run. */
    private static int tellDemo(Place place, List<String> running) throws InterruptedException, IOException {
        var kafka = System.getenv("KAFKA_BOOTSTRAP_SERVERS");
        if (kafka == null) {
            throw new CannotStart("demo needs KAFKA_BOOTSTRAP_SERVERS, and the names of the services that run.");
        }
        var tours = new TellDemo(kafka, place.data("demo").resolve("first-day"), Clock.systemUTC())
                .run(Set.copyOf(running));
        say(tours + " demo tours are on offer.");
        return 0;
    }

    /** On a terminal each update overwrites the one before; in a file only what changed is a line. */
    private static void update(String line) {
        if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()) {
            System.out.print("\r" + line + "\033[K");
            System.out.flush();
        } else if (!line.equals(updated)) {
            System.out.println(line);
        }
        updated = line;
    }

    private static @Nullable String answer() {
        try {
            return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        } catch (IOException e) {
            return null;
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
