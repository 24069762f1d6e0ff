package escale.payment.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import escale.payment.redrive.Pace.Health;
import escale.payment.redrive.Pace.Standing;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                // what it shows                       | batch size begun skip fail open toCome | next
                "it begins with one letter             |  0 |   0 |   0 |  0 |  0 |   0 | 1000 | batch 1 of 1: 1",
                "after one come ten                    |  1 |   1 |   1 |  0 |  0 |   0 |  999 | batch 2 of 10: 10",
                "after ten come a hundred              |  2 |  10 |  10 |  0 |  5 |   0 |  989 | batch 3 of 100: 60",
                "and never more than a hundred         |  3 | 100 | 100 |  0 |  0 |   0 |  889 | batch 4 of 100: 60",
                "the rest of a batch comes a step later|  3 | 100 |  60 |  0 |  0 |  60 |  929 | batch 3 of 100: 40",
                "the last batch is what is left        |  4 | 100 | 100 |  0 |  0 |   0 |    7 | batch 5 of 7: 7",
                "a batch is waited for                 |  2 |  10 |  10 |  0 |  0 |   1 |  989 | wait",
                "also the last one                     |  2 |  10 |  10 |  0 |  0 |   1 |    0 | wait",
                "when all is heard it is done          |  2 |  10 |  10 |  0 |  5 |   0 |    0 | done",
                "the first failure of the first batch  |  1 |   1 |   1 |  0 |  1 |   0 |  999 | stop TOO_MANY_FAILED",
                "half of a batch may fail              |  2 |  10 |  10 |  0 |  5 |   5 |  989 | wait",
                "more than half may not                |  2 |  10 |  10 |  0 |  6 |   4 |  989 | stop TOO_MANY_FAILED",
                "what was skipped is no part of it     |  2 |  10 |  10 |  8 |  2 |   0 |  989 | stop TOO_MANY_FAILED",
                "not even a batch still growing        |  3 | 100 |  60 |  0 | 51 |   0 |  929 | stop TOO_MANY_FAILED",
                "nor the last                          |  2 |  10 |  10 |  0 |  6 |   0 |    0 | stop TOO_MANY_FAILED",
                "a batch that was skipped is no proof  |  1 |   1 |   1 |  1 |  0 |   0 |  999 | batch 2 of 10: 10",
                "letters that were few are all there is|  1 |   1 |   1 |  0 |  0 |   0 |    3 | batch 2 of 3: 3"
            })
    void the_next_move_follows_from_how_it_stands(
            String shows,
            int batch,
            int size,
            int begun,
            int skipped,
            int failed,
            int unheard,
            int toCome,
            String next) {
        var standing =
                new Standing(60, 50, Health.WELL, batch, size, begun, skipped, failed, unheard, Duration.ZERO, toCome);
        assertThat(inWords(Pace.next(standing))).as(shows).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({
        "OUTAGE, 0, 999, stop OUTAGE",
        "BREAKER_OPEN, 1, 999, stop BREAKER_OPEN",
        "OUTAGE, 0, 0, done",
        "OUTAGE, 1, 0, wait"
    })
    void nothing_is_replayed_while_the_provider_is_away(Health health, int unheard, int toCome, String next) {
        var standing = new Standing(60, 50, health, 1, 1, 1, 0, 0, unheard, Duration.ZERO, toCome);
        assertThat(inWords(Pace.next(standing))).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, stop TOO_MANY_FAILED", "0, 0, wait", "100, 9, wait", "20, 2, wait", "20, 3, stop TOO_MANY_FAILED"
    })
    void the_share_that_may_fail_is_the_operators_to_say(int stopAt, int failed, String next) {
        var standing = new Standing(60, stopAt, Health.WELL, 2, 10, 10, 0, failed, 1, Duration.ZERO, 100);
        assertThat(inWords(Pace.next(standing))).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({"9, wait", "11, stop BATCH_OVERDUE"})
    void a_batch_is_not_waited_for_for_ever(int minutes, String next) {
        var standing = new Standing(60, 50, Health.WELL, 2, 10, 10, 0, 0, 1, Duration.ofMinutes(minutes), 100);
        assertThat(inWords(Pace.next(standing))).isEqualTo(next);
    }

    private static String inWords(Pace.Move move) {
        return switch (move) {
            case Pace.Move.Replay(var batch, var size, var letters) ->
                "batch " + batch + " of " + size + ": " + letters;
            case Pace.Move.Wait() -> "wait";
            case Pace.Move.Finish() -> "done";
            case Pace.Move.Stop(var why) -> "stop " + why;
        };
    }
}
