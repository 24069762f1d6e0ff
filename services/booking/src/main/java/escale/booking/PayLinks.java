package escale.booking;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs links by which a booking is paid without signing in, and believes only those. Such a link is good for one charge
 * of one booking, until its seats are released.
 */
@Singleton
public final class PayLinks {
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] PURPOSE = "escale pay link 1".getBytes(StandardCharsets.US_ASCII);
    private static final int CONTENT = 2 * Long.BYTES + Integer.BYTES + Long.BYTES;
    private static final int SIGNATURE = 32;
    private static final int LENGTH = (CONTENT + SIGNATURE) * 4 / 3;

    private final List<byte[]> keys;
    private final String site;

    /**
     * What a link allows.
     *
     * @param chargeNo the charge that it orders
     */
    public record Permission(UUID bookingId, int chargeNo, Instant until) {}

    PayLinks(PayLinkSettings settings) {
        this.keys = settings.keys();
        this.site = settings.site();
    }

    /** For the next charge of this booking. */
    String link(Booking booking, Instant until) {
        return site + "/bookings/" + booking.id() + "/pay?token="
                + token(new Permission(booking.id(), booking.chargeNo() + 1, until));
    }

    String token(Permission permission) {
        var content = ByteBuffer.allocate(CONTENT)
                .putLong(permission.bookingId.getMostSignificantBits())
                .putLong(permission.bookingId.getLeastSignificantBits())
                .putInt(permission.chargeNo)
                .putLong(permission.until.toEpochMilli())
                .array();
        var token = ByteBuffer.allocate(CONTENT + SIGNATURE).put(content).put(sign(keys.getFirst(), content));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /** Empty for whatever was not signed here. Whether its time is over is for the reader to see. */
    public Optional<Permission> read(String token) {
        if (token.length() != LENGTH) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        var content = new byte[CONTENT];
        var signature = new byte[SIGNATURE];
        ByteBuffer.wrap(bytes).get(content).get(signature);
        if (keys.stream().noneMatch(key -> MessageDigest.isEqual(sign(key, content), signature))) {
            return Optional.empty();
        }
        var read = ByteBuffer.wrap(content);
        return Optional.of(new Permission(
                new UUID(read.getLong(), read.getLong()), read.getInt(), Instant.ofEpochMilli(read.getLong())));
    }

    private static byte[] sign(byte[] key, byte[] content) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(PURPOSE);
            return mac.doFinal(content);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every JDK signs with " + ALGORITHM, e);
        }
    }
}
