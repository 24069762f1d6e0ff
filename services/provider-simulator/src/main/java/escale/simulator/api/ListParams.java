package escale.simulator.api;

import escale.simulator.books.Paging;

/** The parameters all lists share: limit, cursors and the window of creation times. */
final class ListParams {

    private static final int USUAL = 10;
    private static final int MOST = 100;
    private static final int FURTHEST = 1_000_000_000;

    private ListParams() {}

    static Paging paging(Params params) {
        var exact = params.integer("created");
        long from = exact == null ? from(params) : exact;
        long to = exact == null ? to(params) : exact;
        return new Paging(limit(params), params.text("starting_after"), params.text("ending_before"), from, to);
    }

    private static long from(Params params) {
        var later = params.integer("created[gt]");
        return later == null ? params.integer("created[gte]", Long.MIN_VALUE) : Math.max(later, later + 1);
    }

    private static long to(Params params) {
        var earlier = params.integer("created[lt]");
        return earlier == null ? params.integer("created[lte]", Long.MAX_VALUE) : Math.min(earlier, earlier - 1);
    }

    /** How many results of a search the earlier pages showed. */
    static int skipped(Params params) {
        long page = params.integer("page", 0);
        if (page < 0 || page > FURTHEST) {
            throw Params.invalid("parameter_invalid", "This is no next_page of an earlier answer.", "page");
        }
        return (int) page;
    }

    static int limit(Params params) {
        var limit = params.integer("limit");
        if (limit == null) {
            return USUAL;
        }
        if (limit < 1 || limit > MOST) {
            throw Params.invalid("parameter_invalid_integer", "limit must be between 1 and 100", "limit");
        }
        return limit.intValue();
    }
}
