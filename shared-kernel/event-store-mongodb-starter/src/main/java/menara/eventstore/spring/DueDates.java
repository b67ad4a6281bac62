package menara.eventstore.spring;

import java.time.Instant;

/**
 * The stored list of due dates: which work falls due when. It survives a restart; scheduling the same kind and id again moves the due date.
 */
public interface DueDates {

    void schedule(String kind, String id, Instant dueAt);

    void cancel(String kind, String id);
}
