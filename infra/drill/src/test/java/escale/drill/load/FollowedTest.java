package escale.drill.load;

import static org.assertj.core.api.Assertions.assertThat;

import escale.drill.wire.Heard;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FollowedTest {
    private final List<String> settled = new ArrayList<>();
    private final Followed followed = new Followed((ending, due, at) -> settled.add(ending + " " + (at - due)));
    private final UUID booking = UUID.randomUUID();

    private void hear(String type, UUID about, long at) {
        followed.hear(new Heard("booking.events", 0, 0, "", type, about.toString(), new byte[0], 0, at));
    }

    @Test
    void a_booking_counts_from_when_it_was_due_to_when_its_end_was_heard() {
        followed.accepted(booking, 100);
        hear("booking.created", booking, 150);
        assertThat(followed.unsettled()).isOne();

        hear("booking.confirmed", booking, 170);

        assertThat(settled).containsExactly("CONFIRMED 70");
        assertThat(followed.unsettled()).isZero();
    }

    @Test
    void an_end_may_be_heard_before_the_answer_tells_whose_it_is() {
        hear("booking.confirmed", booking, 170);
        assertThat(settled).isEmpty();

        followed.accepted(booking, 100);

        assertThat(settled).containsExactly("CONFIRMED 70");
    }

    @Test
    void an_end_that_comes_twice_counts_once() {
        followed.accepted(booking, 100);
        hear("booking.confirmed", booking, 170);
        hear("booking.confirmed", booking, 180);

        assertThat(settled).hasSize(1);
    }

    @Test
    void a_failed_attempt_is_a_retry_until_the_end() {
        followed.accepted(booking, 100);
        hear("payment.attempt-failed", booking, 120);
        hear("payment.attempt-failed", booking, 130);
        assertThat(followed.retrying()).isOne();

        hear("booking.payment-failed", booking, 140);
        assertThat(followed.retrying()).isZero();
        assertThat(settled).containsExactly("PAYMENT_FAILED 40");
    }

    @Test
    void bookings_of_others_are_forgotten() {
        hear("booking.confirmed", booking, 0);
        followed.forgetStrangers(60_000_000_000L);

        followed.accepted(booking, 0);

        assertThat(settled).isEmpty();
        assertThat(followed.some(5)).containsExactly(booking);
    }

    @Test
    void a_reservation_has_ended_when_it_is_accepted() {
        followed.reserved(booking, 100, 130);

        assertThat(settled).containsExactly("RESERVED 30");
    }
}
