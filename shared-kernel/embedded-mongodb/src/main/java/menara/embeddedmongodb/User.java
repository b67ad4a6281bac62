package menara.embeddedmongodb;

import java.util.Set;

/**
 * A user that may connect.
 *
 * @param secret ASCII, so that it needs no preparation (RFC 4013) before it is hashed
 * @param database the one database it reads and writes
 * @param readable collections of other databases that it may read, each {@code database.collection}
 */
public record User(String name, String secret, String database, Set<String> readable) {

    public User {
        if (secret.isBlank() || !secret.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("the secret of " + name + " must be printable ASCII without spaces");
        }
        readable = Set.copyOf(readable);
    }

    @Override
    public String toString() {
        return name; // a secret must not be logged
    }
}
