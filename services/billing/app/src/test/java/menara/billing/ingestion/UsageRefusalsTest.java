package menara.billing.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import menara.billing.TestDatabases;
import menara.billing.usage.events.UsageKey;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** A meter that is broken for years fills no database, and keeps nobody else's refusals out. */
class UsageRefusalsTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private final MongoDatabase database = TestDatabases.fresh();
    private final UsageRefusals refusals = new UsageRefusals(database, 100);

    @Test
    void each_different_content_of_an_event_is_listed_once_and_the_first_ones_only() {
        for (int round = 0; round < 2; round++) {
            refusals.add(IntStream.range(0, 30)
                    .mapToObj(n -> refused("atlas-ai", "e", "content " + n, NOW))
                    .toList());
        }
        assertThat(refusals.of(Set.of("atlas-ai"), key("e")).get("atlas-ai"))
                .extracting(UsageRefusals.Refusal::content)
                .containsExactlyElementsOf(IntStream.range(0, UsageRefusals.MAX_KEPT)
                        .mapToObj(n -> "content " + n)
                        .toList());
    }

    @Test
    void an_event_that_is_sent_again_and_again_takes_one_place_of_its_partys_share() {
        for (int n = 0; n < 150; n++) {
            refusals.add(List.of(refused("retrying", "same", "x", NOW)));
        }
        refusals.add(List.of(refused("retrying", "another", "x", NOW)));
        assertThat(refusals.of(Set.of("retrying"), key("another"))).isNotEmpty();
    }

    @Test
    void a_party_has_a_share_and_what_is_old_is_forgotten() {
        for (int n = 0; n < 150; n++) {
            refusals.add(List.of(refused("broken", "e" + n, "x", NOW)));
        }
        refusals.add(List.of(refused("atlas-ai", "mine", "x", NOW)));
        assertThat(refusals.of(Set.of("broken"), key("e99"))).isNotEmpty();
        assertThat(refusals.of(Set.of("broken"), key("e100"))).isEmpty();
        assertThat(refusals.of(Set.of("atlas-ai"), key("mine"))).isNotEmpty();

        refusals.forget(NOW.plus(UsageRefusals.KEPT_FOR));
        assertThat(refusals.of(Set.of("broken"), key("e99"))).isNotEmpty();
        refusals.forget(NOW.plus(UsageRefusals.KEPT_FOR).plusMillis(1));
        assertThat(database.getCollection("usage_refusals").countDocuments()).isZero();
        refusals.add(List.of(refused("broken", "again", "x", NOW)));
        assertThat(refusals.of(Set.of("broken"), key("again"))).isNotEmpty();
    }

    /** An event that is refused takes two writes: its place, and what was refused. Nobody is answered between the two, so it is sent again. */
    @Test
    void a_refusal_whose_process_died_between_its_two_writes_is_told_once_when_it_is_sent_again() {
        var dying = new UsageRefusals(Dying.afterWrites(1, database), 2);
        assertThatThrownBy(() -> dying.add(List.of(refused("atlas-ai", "e", "x", NOW))))
                .isInstanceOf(Dying.Killed.class);
        var next = new UsageRefusals(database, 2);
        assertThat(next.of(Set.of("atlas-ai"), key("e")))
                .as("what was refused of it is not known yet")
                .isEmpty();

        next.add(List.of(refused("atlas-ai", "e", "x", NOW)));
        next.add(List.of(refused("atlas-ai", "another", "x", NOW)));

        assertThat(next.of(Set.of("atlas-ai"), key("e")).get("atlas-ai")).hasSize(1);
        assertThat(next.of(Set.of("atlas-ai"), key("another")))
                .as("the event takes one place of two, not one for each attempt")
                .isNotEmpty();
    }

    /** A database whose client dies after so many writes. */
    private record Dying(MongoCollection<Document> collection, AtomicInteger left) implements InvocationHandler {

        private static final class Killed extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }

        static MongoDatabase afterWrites(int writes, MongoDatabase database) {
            return (MongoDatabase) Proxy.newProxyInstance(
                    MongoDatabase.class.getClassLoader(),
                    new Class<?>[] {MongoDatabase.class},
                    (_, method, arguments) -> {
                        assertThat(method.getName()).isEqualTo("getCollection");
                        return Proxy.newProxyInstance(
                                MongoCollection.class.getClassLoader(),
                                new Class<?>[] {MongoCollection.class},
                                new Dying(database.getCollection((String) arguments[0]), new AtomicInteger(writes)));
                    });
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws ReflectiveOperationException {
            if (method.getName().equals("bulkWrite") && left.getAndDecrement() == 0) {
                throw new Killed();
            }
            return method.invoke(collection, arguments);
        }
    }

    private static UsageKey key(String id) {
        return new UsageKey("/meter", id);
    }

    private static UsageRefusals.Refused refused(String party, String id, String content, Instant at) {
        return new UsageRefusals.Refused(
                party, key(id), new UsageRefusals.Refusal("rejected", "data", "mend it", content, at));
    }
}
