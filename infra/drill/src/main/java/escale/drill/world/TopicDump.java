package escale.drill.world;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import escale.drill.wire.Dump;
import escale.drill.wire.Heard;
import escale.drill.wire.Unreachable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** What lies on the topics: which versions of each booking and payment were told, and every dead letter. */
public final class TopicDump {
    private static final String BOOKINGS = "booking.events";
    private static final String PAYMENTS = "payment.events";
    private static final String DEAD_LETTERS = "payments.dlt";
    /** After these a payment is never tried again; an exhausted one may be, by a person. */
    private static final Set<String> ENDS = Set.of("payment.succeeded", "payment.declined", "payment.cancelled");

    private static final JsonFactory JSON = new JsonFactory();

    private final Map<UUID, Versions> bookings = new HashMap<>();
    private final Map<UUID, Versions> payments = new HashMap<>();
    private final List<Heard> deadLetters = new ArrayList<>();
    private long events;

    TopicDump() {}

    static TopicDump read(String bootstrapServers) {
        var dump = new TopicDump();
        try {
            Dump.read(bootstrapServers, List.of(BOOKINGS, PAYMENTS, DEAD_LETTERS), dump::add);
        } catch (KafkaException e) {
            throw new Unreachable("The topics cannot be read at " + bootstrapServers, e);
        }
        return dump;
    }

    void add(Heard heard) {
        if (heard.topic().equals(DEAD_LETTERS)) {
            deadLetters.add(heard);
            return;
        }
        events++;
        var told = Told.of(heard.value());
        if (heard.topic().equals(BOOKINGS) && told.booking != null) {
            var versions = bookings.computeIfAbsent(told.booking, Versions::new);
            if (told.status == null) {
                versions.tell(told.version);
            } else {
                versions.tell(told.version, Booking.Status.valueOf(told.status));
            }
        }
        if (heard.topic().equals(PAYMENTS) && told.payment != null) {
            var versions = payments.computeIfAbsent(told.payment, Versions::new);
            versions.tell(told.version);
            if (ENDS.contains(heard.type())) {
                versions.tellEnd(heard.sentAt());
            }
        }
    }

    public @Nullable Versions ofBooking(UUID id) {
        return bookings.get(id);
    }

    public @Nullable Versions ofPayment(UUID id) {
        return payments.get(id);
    }

    public List<Heard> deadLetters() {
        return deadLetters;
    }

    public long events() {
        return events;
    }

    /** The fields that every event of an aggregate has, at the top of its value. */
    private static final class Told {
        private @Nullable UUID booking;
        private @Nullable UUID payment;
        private int version;
        private @Nullable String status;

        static Told of(byte[] value) {
            var told = new Told();
            try (var parser = JSON.createParser(value)) {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    var name = parser.currentName();
                    parser.nextToken();
                    switch (name) {
                        case "bookingId" -> told.booking = UUID.fromString(parser.getText());
                        case "paymentId" -> told.payment = UUID.fromString(parser.getText());
                        case "status" -> told.status = parser.getText();
                        case "version" -> told.version = parser.getIntValue();
                        default -> parser.skipChildren();
                    }
                }
            } catch (IOException e) {
                throw new Unreachable("An event is not JSON", e);
            }
            return told;
        }
    }
}
