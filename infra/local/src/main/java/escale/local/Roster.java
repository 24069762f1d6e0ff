package escale.local;

import escale.embedded.KafkaBroker;
import escale.local.demo.TellDemo;
import escale.local.supervision.CannotStart;
import escale.local.supervision.Kafka;
import escale.local.supervision.Part;
import escale.local.supervision.Port;
import escale.local.supervision.Postgresql;
import escale.local.supervision.Probe;
import escale.local.supervision.Program;
import escale.local.supervision.Server;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** All parts of Escale on this machine, and how each is run. */
final class Roster {
    static final String POSTGRESQL = "postgresql";
    static final String KAFKA = "kafka";
    static final String MAIL = "mail";
    static final String PROVIDER = "provider";
    static final String BOOKING = "booking";
    static final String PAYMENT = "payment";
    static final String NOTIFICATION = "notification";

    /** What has to be built. */
    static final List<String> MODULES = List.of(
            "services/booking",
            "services/payment",
            "services/notification",
            "services/provider-simulator",
            "infra/local");

    private static final List<String> DATABASES = List.of(BOOKING, PAYMENT, NOTIFICATION);
    private static final String WEBHOOK_SECRET = "whsec_local";
    /** What payment acts upon; each further event of a charge would be a request and a transaction for nothing. */
    private static final String WEBHOOK_EVENTS =
            "payment_intent.succeeded,payment_intent.payment_failed,payment_intent.canceled,refund.failed";

    private final Place place;
    private final Ports ports;
    private final Clock clock;
    private final StartCache caches;

    /** A program and where it is: what a start cache is made of. */
    record ProgramFile(String part, Path jar) {}

    Roster(Place place, Ports ports, Clock clock, StartCache caches) {
        this.place = place;
        this.ports = ports;
        this.clock = clock;
        this.caches = caches;
    }

    /** In the order in which they are shown. */
    List<Part> all() {
        return List.of(
                new Part(POSTGRESQL, Set.of(), 0, false, _ -> postgresql()),
                new Part(KAFKA, Set.of(), 0, false, _ -> kafka()),
                new Part(MAIL, Set.of(), 1, false, _ -> mail()),
                new Part(PROVIDER, Set.of(), 1, false, _ -> provider()),
                new Part(PAYMENT, Set.of(POSTGRESQL, KAFKA, PROVIDER), 2, true, this::payment),
                new Part(BOOKING, Set.of(POSTGRESQL, KAFKA), 2, true, this::booking),
                new Part(NOTIFICATION, Set.of(POSTGRESQL, KAFKA, MAIL), 2, true, this::notification));
    }

    /** The named parts and whatever they need; no name means all. */
    List<Part> only(Set<String> names) {
        var parts = all();
        var known = parts.stream().map(Part::name).toList();
        for (var name : names) {
            if (!known.contains(name)) {
                throw new CannotStart("There is no part '%s'; there are %s.".formatted(name, String.join(", ", known)));
            }
        }
        if (names.isEmpty()) {
            return parts;
        }
        var wanted = new LinkedHashSet<>(names);
        parts.stream()
                .filter(part -> names.contains(part.name()))
                .map(Part::needs)
                .forEach(wanted::addAll);
        return parts.stream().filter(part -> wanted.contains(part.name())).toList();
    }

    private Server postgresql() {
        return new Postgresql(place.data(POSTGRESQL), ports.postgresql(), DATABASES);
    }

    private Server kafka() {
        return new Kafka(
                KafkaBroker.Settings.local(place.data(KAFKA), ports.kafka()).withJava(caches.options(KAFKA, own())),
                () -> new TellDemo(
                                "localhost:" + ports.kafka(), place.data("demo").resolve("first-day"), clock)
                        .run(Set.copyOf(DATABASES)));
    }

    private Server mail() {
        var java = new ArrayList<>(JavaOptions.of(64));
        java.addAll(caches.options(MAIL, own()));
        java.addAll(List.of("-cp", own().toString(), "escale.local.mail.MailSink"));
        return new Program(new Program.Launch(
                MAIL,
                java,
                Map.of(
                        "SMTP_PORT", Integer.toString(ports.smtp()),
                        "HTTP_PORT", Integer.toString(ports.mails()),
                        "MAILS_FILE", place.data(MAIL).resolve("mails.jsonl").toString(),
                        "ESCALE_PARENT_PIPE", "1"),
                List.of(ports.mails(), ports.smtp()),
                Probe.at(ports.mails(), "/health"),
                caches.timeToStop(),
                true,
                place.log(MAIL)));
    }

    private Server provider() {
        var java = new ArrayList<>(JavaOptions.of(512)); // it keeps every payment in memory, as its ledger does on disk
        java.addAll(caches.options(PROVIDER, jar(PROVIDER)));
        java.addAll(List.of("-jar", jar(PROVIDER).toString()));
        return new Program(new Program.Launch(
                PROVIDER,
                java,
                Map.of(
                        "PORT",
                        Integer.toString(ports.provider()),
                        "CONTROL_PORT",
                        Integer.toString(ports.providerControl()),
                        "LEDGER_FILE",
                        place.data(PROVIDER).resolve("ledger.jsonl").toString(),
                        "WEBHOOK_URL",
                        url(ports.payment()) + "/v1/webhooks/stripe",
                        "WEBHOOK_EVENTS",
                        WEBHOOK_EVENTS,
                        "WEBHOOK_SECRET",
                        WEBHOOK_SECRET,
                        "ESCALE_PARENT_PIPE",
                        "1"),
                List.of(ports.provider(), ports.providerControl()),
                Probe.at(ports.providerControl(), "/health"),
                caches.timeToStop(),
                false,
                place.log(PROVIDER)));
    }

    private Server booking(int number) {
        return service(BOOKING, ports.booking(), number, Map.of("PAYMENT_URL", url(ports.payment())));
    }

    private Server payment(int number) {
        return service(
                PAYMENT,
                ports.payment(),
                number,
                Map.of(
                        "PROVIDER_URL",
                        url(ports.provider()),
                        "PROVIDER_API_KEY",
                        "sk_test_local",
                        "PROVIDER_WEBHOOK_SECRET",
                        WEBHOOK_SECRET,
                        "PROVIDER_PROOF_AFTER", // no request is on its way to a neighbour for longer
                        "60s"));
    }

    private Server notification(int number) {
        return service(
                NOTIFICATION,
                ports.notification(),
                number,
                Map.of(
                        "SMTP_HOST",
                        "localhost",
                        "SMTP_PORT",
                        Integer.toString(ports.smtp()),
                        "ALERT_WEBHOOK_URL",
                        url(ports.mails()) + "/alerts"));
    }

    /** The first instance listens where everybody expects it, further ones wherever there is room. */
    private Server service(String name, int usualPort, int number, Map<String, String> more) {
        var port = number == 1 ? usualPort : Port.free();
        var management = number == 1 ? Ports.management(usualPort) : Port.free();
        var environment = new HashMap<>(Map.of(
                "PORT",
                Integer.toString(port),
                "MANAGEMENT_PORT",
                Integer.toString(management),
                "INSTANCE",
                name + "-" + number,
                "DATABASE_URL",
                "jdbc:postgresql://localhost:" + ports.postgresql() + "/" + name,
                "DATABASE_USER",
                name,
                "DATABASE_PASSWORD",
                Postgresql.password(name),
                "KAFKA_BOOTSTRAP_SERVERS",
                "localhost:" + ports.kafka(),
                "KAFKA_REPLICATION",
                "1",
                "JWT_JWKS_PATH",
                place.keys().resolve("jwks.json").toString()));
        environment.putAll(Map.of(
                "MICRONAUT_ENVIRONMENTS", "local",
                "LOG_FORMAT", "text",
                "CLOCK_FILE", place.clock().toString(),
                "ESCALE_PARENT_PIPE", "1",
                "ESCALE_FAILPOINT_HITS", place.run().resolve("failpoints").toString()));
        environment.putAll(more);
        var java = new ArrayList<>(JavaOptions.of(192));
        java.addAll(caches.options(name, jar(name)));
        java.addAll(List.of("-jar", jar(name).toString()));
        return new Program(new Program.Launch(
                name + "#" + number,
                java,
                environment,
                List.of(port, management),
                Probe.at(management, "/health/readiness"),
                caches.timeToStop(),
                name.equals(NOTIFICATION),
                place.log(name + "-" + number)));
    }

    /** Every program there is, the broker and the mail sink being parts of this one. */
    List<ProgramFile> programs() {
        return Stream.concat(
                        Stream.of(KAFKA, MAIL).map(part -> new ProgramFile(part, own())),
                        Stream.of(PROVIDER, BOOKING, PAYMENT, NOTIFICATION)
                                .map(part -> new ProgramFile(part, jar(part))))
                .toList();
    }

    private Path jar(String part) {
        return place.jar("services/" + (part.equals(PROVIDER) ? "provider-simulator" : part));
    }

    private static Path own() {
        return Path.of(System.getProperty("java.class.path")).toAbsolutePath();
    }

    private static String url(int port) {
        return "http://localhost:" + port;
    }
}
