package menara.investment.calls;

/**
 * Who acted, from the token.
 *
 * @param subject the token's {@code sub}: what makes two people two
 * @param name for people to read
 */
public record Signatory(String subject, String name) {

    boolean isSamePersonAs(Signatory other) {
        return subject.equals(other.subject);
    }
}
