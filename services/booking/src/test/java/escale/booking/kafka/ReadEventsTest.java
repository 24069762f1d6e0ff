package escale.booking.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import escale.messaging.Json;
import escale.messaging.Received;
import escale.runtime.Trace;
import escale.testkit.Contracts;
import io.micronaut.serde.ObjectMapper;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReadEventsTest {
    private final Json json = new Json(ObjectMapper.getDefault());

    @ParameterizedTest
    @MethodSource("payments")
    void every_example_of_payment_news_is_understood(String example) {
        var type = example.replaceAll("\\.\\d+$", "");
        var news = json.read(received(example), PaymentEvent.class).news(type, new Trace("", ""));
        assertThat(news).isNotNull();
        assertThat(news.type()).isEqualTo(type);
        assertThat(news.about().chargeNo()).isPositive();
    }

    static Stream<String> payments() {
        return Stream.of(
                        "payment.succeeded",
                        "payment.declined",
                        "payment.action-required",
                        "payment.attempt-failed",
                        "payment.exhausted",
                        "payment.cancelled",
                        "payment.refunded",
                        "payment.refund-failed")
                .flatMap(type -> Contracts.exampleNames(type).stream());
    }

    @ParameterizedTest
    @MethodSource("tours")
    void every_example_of_a_tour_is_understood(String example) {
        var tour = json.read(received(example), TourEvent.class).tour();
        assertThat(tour.currency()).isEqualTo("EUR");
        assertThat(tour.offers()).allMatch(offer -> offer.price() > 0);
    }

    static Stream<String> tours() {
        return Contracts.exampleNames("tour.published").stream();
    }

    private static Received received(String example) {
        return new Received(new ConsumerRecord<>("topic", 0, 0, "key", Contracts.example(example)));
    }
}
