package escale.drill.levers;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Publishes a tour of the drill's own, so that it has seats nobody else wants. */
public final class Tours {
    private static final long PRICE = 4_500;
    private static final Duration UNTIL_THE_START = Duration.ofDays(30);

    private final String bootstrapServers;
    private final Instant now;

    public Tours(String bootstrapServers, Instant now) {
        this.bootstrapServers = bootstrapServers;
        this.now = now;
    }

    /** Returns the ids of its departures once the topic has it. */
    public List<UUID> publish(String title, int departures, int seats) {
        return publish(title, Collections.nCopies(departures, seats));
    }

    /** With so many seats each. */
    public List<UUID> publish(String title, List<Integer> seats) {
        var tour = UUID.randomUUID();
        var ids = Stream.generate(UUID::randomUUID).limit(seats.size()).toList();
        var record = new ProducerRecord<>("tours", tour.toString(), value(tour, title, ids, seats));
        Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", UUID.randomUUID().toString(),
                        "ce_type", "tour.published",
                        "ce_source", "urn:escale:drill",
                        "ce_time", now.toString(),
                        "content-type", "application/json")
                .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        OneRecord.publish(bootstrapServers, "The tour", record);
        return ids;
    }

    private byte[] value(UUID tour, String title, List<UUID> departures, List<Integer> seats) {
        var start = now.plus(UNTIL_THE_START).truncatedTo(ChronoUnit.HOURS);
        var starts = IntStream.range(0, departures.size())
                .mapToObj(i -> Map.of(
                        "departureId",
                        departures.get(i).toString(),
                        "startsAt",
                        start.toString(),
                        "capacity",
                        seats.get(i),
                        "pricePerPerson",
                        PRICE))
                .toList();
        return JsonMapper.builder()
                .build()
                .valueToTree(Map.of(
                        "tourId",
                        tour.toString(),
                        "version",
                        1,
                        "title",
                        title,
                        "city",
                        "Paris",
                        "country",
                        "FR",
                        "timezone",
                        "Europe/Paris",
                        "currency",
                        "EUR",
                        "departures",
                        starts))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
