package escale.drill.load;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Some of the accepted wishes, to ask for them once more when the load is over. */
final class Kept {
    private static final int MOST = 200;

    private final ConcurrentLinkedQueue<Wish> wishes = new ConcurrentLinkedQueue<>();
    private final long every;

    Kept(long expected) {
        this.every = Math.max(1, expected / MOST);
    }

    void keep(long index, Post post) {
        if (index % every == 0) {
            wishes.add(post.wish());
        }
    }

    List<Wish> all() {
        return wishes.stream().limit(MOST).toList();
    }
}
