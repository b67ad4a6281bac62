package menara.investment.calls;

/**
 * The person who acted, from the token.
 *
 * @param subject the token's {@code sub}, which tells people apart
 * @param name for people to read
 */
public record Signatory(String subject, String name) {

    boolean isSamePersonAs(Signatory other) {
        return subject.equals(other.subject);
    }
}
