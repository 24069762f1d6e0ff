package escale.local.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Creates the topics whose owners do not run here, and tells the demo data on them. */
public final class TellDemo {
    /** By then the first departures are close; the tours are offered anew, counted from today. */
    private static final int DAYS_OFFERED = 7;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String bootstrapServers;
    private final Path firstDayFile;
    private final Clock clock;

    /** The first day is remembered in the file, so that telling the same tours again changes nothing. */
    public TellDemo(String bootstrapServers, Path firstDayFile, Clock clock) {
        this.bootstrapServers = bootstrapServers;
        this.firstDayFile = firstDayFile;
        this.clock = clock;
    }

    /** Returns how many tours were told: none when catalog runs itself. */
    public int run(Set<String> running) throws InterruptedException, IOException {
        var ours = DeclaredTopic.all().stream()
                .filter(topic -> !running.contains(topic.owner()))
                .toList();
        var records = new ArrayList<ProducerRecord<String, byte[]>>();
        if (!running.contains("catalog")) {
            var firstDay = firstDay();
            for (var tour : DemoTour.ALL) {
                records.add(record("tours", tour.tourId(), "tour.published", "catalog", tour.published(firstDay)));
            }
        }
        var tours = records.size();
        if (!running.contains("user")) {
            for (var traveller : DemoTraveller.values()) {
                records.add(record("users", traveller.userId(), "user.updated", "user", traveller.updated()));
            }
        }
        try {
            create(ours);
            tell(records);
        } catch (ExecutionException e) {
            throw new IOException("The demo data could not be told: " + e.getCause(), e);
        }
        return tours;
    }

    private LocalDate firstDay() throws IOException {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (Files.exists(firstDayFile)) {
            var known = LocalDate.parse(Files.readString(firstDayFile).strip());
            if (known.plusDays(DAYS_OFFERED).isAfter(today)) {
                return known;
            }
        }
        Files.createDirectories(firstDayFile.getParent());
        Files.writeString(firstDayFile, today.toString());
        return today;
    }

    private void create(List<DeclaredTopic> topics) throws InterruptedException, ExecutionException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            var missing = new HashSet<>(topics);
            var existing = admin.listTopics().names().get();
            missing.removeIf(topic -> existing.contains(topic.name()));
            for (var created : admin.createTopics(
                            missing.stream().map(DeclaredTopic::toCreate).toList())
                    .values()
                    .values()) {
                try {
                    created.get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                }
            }
        }
    }

    private void tell(List<ProducerRecord<String, byte[]>> records) throws InterruptedException, ExecutionException {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "max.block.ms", "15000"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (var acknowledgement : records.stream().map(producer::send).toList()) {
                acknowledgement.get();
            }
        }
    }

    private ProducerRecord<String, byte[]> record(
            String topic, String key, String type, String source, Map<String, Object> event) throws IOException {
        var record = new ProducerRecord<>(topic, key, JSON.writeValueAsBytes(event));
        var headers = Map.of(
                "ce_specversion",
                "1.0",
                "ce_id",
                UUID.randomUUID().toString(),
                "ce_type",
                type,
                "ce_source",
                source,
                "ce_time",
                clock.instant().toString(),
                "content-type",
                "application/json");
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
