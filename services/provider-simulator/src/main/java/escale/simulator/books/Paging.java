package escale.simulator.books;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted.
 *
 * @param startingAfter the id the page follows (it holds older objects)
 * @param endingBefore the id the page precedes (it holds newer objects)
 * @param from the earliest creation wanted, in seconds since 1970, inclusive
 * @param to the latest creation wanted, inclusive
 */
public record Paging(
        int limit, @Nullable String startingAfter, @Nullable String endingBefore, long from, long to) {

    boolean covers(long created) {
        return from <= created && created <= to;
    }
}
