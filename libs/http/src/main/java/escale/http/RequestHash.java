package escale.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fingerprint of what a request asks for, stored under its idempotency key: the same key with another fingerprint is
 * another request, and is refused.
 */
public final class RequestHash {
    private ByteBuffer written = ByteBuffer.allocate(256);

    private RequestHash() {}

    /**
     * SHA-256 over the values in the order given. Each is written with its kind and length, so that {@code ("a", "bc")}
     * and {@code ("ab", "c")} differ. Give the values, not the JSON: a client may order and space that as it likes.
     */
    public static byte[] of(@Nullable Object... values) {
        var hash = new RequestHash();
        for (var value : values) {
            hash.write(value);
        }
        return hash.digest();
    }

    private void write(@Nullable Object value) {
        switch (value) {
            case null -> room(1).put((byte) 'n');
            case Long number -> room(9).put((byte) 'l').putLong(number);
            case Integer number -> room(9).put((byte) 'l').putLong(number);
            case Boolean flag -> room(2).put((byte) 'b').put((byte) (flag ? 1 : 0));
            case UUID id ->
                room(17).put((byte) 'u').putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
            case String text -> write(text);
            case Enum<?> constant -> write(constant.name());
            case Temporal time -> write(time.toString());
            case List<?> list -> {
                room(5).put((byte) 'a').putInt(list.size());
                list.forEach(this::write);
            }
            default -> throw new IllegalArgumentException("No fixed written form: " + value.getClass());
        }
    }

    private void write(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        room(5 + bytes.length).put((byte) 's').putInt(bytes.length).put(bytes);
    }

    private ByteBuffer room(int bytes) {
        if (written.remaining() < bytes) {
            written = ByteBuffer.allocate(2 * written.capacity() + bytes).put(written.flip());
        }
        return written;
    }

    private byte[] digest() {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(written.flip());
            return sha256.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
