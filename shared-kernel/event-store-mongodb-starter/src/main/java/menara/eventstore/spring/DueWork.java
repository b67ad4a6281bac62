package menara.eventstore.spring;

import java.time.Instant;

/** Work that falls due at a time. A bean per kind; a poller claims what is due and calls it, at least once. */
public interface DueWork {

    /** Kind of the work, the same as given to {@link DueDates#schedule}. */
    String kind();

    /**
     * @param id as scheduled
     * @param dueAt when it fell due; the run may be later
     */
    void run(String id, Instant dueAt);
}
