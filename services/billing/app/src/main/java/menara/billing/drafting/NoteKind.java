package menara.billing.drafting;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The kind of a credit note: a correction of what should not have been asked for, or a concession that lets the customer off. Only a
 * correction makes its amount open to be asked for again.
 */
public enum NoteKind {
    /** It should not have been asked for: the next draft decides anew what the month asks for. */
    @JsonProperty("correction")
    CORRECTION,
    /** It was rightly asked for and is conceded, after a dispute or out of goodwill: no later invoice asks for it again. */
    @JsonProperty("concession")
    CONCESSION
}
