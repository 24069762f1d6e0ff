package escale.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import escale.testkit.Contracts;
import escale.testkit.Kafka;
import escale.testkit.TopicProbe;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What booking tells everybody, and orders of payment, from now on; whatever it is, the contracts have to allow it. */
final class Told implements AutoCloseable {
    private final BookingService service;
    private final TopicProbe events = Kafka.topics().probe("booking.events");
    private final TopicProbe payments = Kafka.topics().probe("payments");

    Told(BookingService service) {
        this.service = service;
    }

    /** These and no others, in this order; and their versions are 1, 2, 3 … */
    void awaitEvents(UUID booking, String... types) {
        await().untilAsserted(() -> assertThat(
                        of(booking, events).map(record -> record.headers().get("ce_type")))
                .containsExactly(types));
        var versions = of(booking, events)
                .map(record -> record.text().replaceAll("(?s).*\"version\":(\\d+).*", "$1"))
                .toList();
        for (var i = 0; i < versions.size(); i++) {
            assertThat(versions.get(i)).isEqualTo(Integer.toString(i + 1));
        }
    }

    /** Type and charge, or type and amount where a part goes back, as in {@code requested 1}: these and no others. */
    void awaitOrders(UUID booking, String... orders) {
        await().untilAsserted(() -> assertThat(of(booking, payments)
                        .map(record -> record.headers().get("ce_type").replace("payment.", "") + " "
                                + record.text()
                                        .replaceAll("(?s).*\"(?:chargeNo\":|requestId.*\"amount\":)(\\d+).*", "$1")))
                .containsExactly(orders));
    }

    /** The first of its kind that was told of it. */
    String first(UUID booking, String type) {
        return events.awaitMatching(record -> booking.toString().equals(record.key())
                        && type.equals(record.headers().get("ce_type")))
                .text();
    }

    /** Of the link to pay by, as the mail about this event would carry it. */
    String token(UUID booking, String type) {
        return first(booking, type).replaceAll(".*\\?token=([A-Za-z0-9_-]+)\".*", "$1");
    }

    private static Stream<TopicProbe.Message> of(UUID booking, TopicProbe probe) {
        return probe.records().stream().filter(record -> booking.toString().equals(record.key()));
    }

    @Override
    public void close() {
        await().until(() -> service.count("select count(*) from outbox") == 0);
        for (var probe : List.of(events, payments)) {
            probe.records()
                    .forEach(record -> Contracts.assertValid(record.headers().get("ce_type"), record.value()));
            probe.close();
        }
    }
}
