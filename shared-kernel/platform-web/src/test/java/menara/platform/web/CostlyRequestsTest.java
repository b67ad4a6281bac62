package menara.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.method.HandlerMethod;

class CostlyRequestsTest {

    private static final int PER_PARTY = 2;
    private static final int FOR_ALL = 5;

    private final AtomicReference<String> caller = new AtomicReference<>("atlas-ai");
    private final CostlyRequests requests = new CostlyRequests(new PartyLimit(PER_PARTY, FOR_ALL), caller::get);

    /** Handlers as a controller has them. */
    static final class Handlers {
        @Costly
        public void always() {}

        @Costly(onlyWith = "asOf")
        public void intoThePast() {}

        @Costly(unlessWith = "contract")
        public void overAll() {}

        public void cheap() {}
    }

    @Test
    void a_party_has_few_under_way_and_is_told_when_to_ask_again() throws Exception {
        var first = asked("always");
        assertThat(first.begins()).isTrue();
        assertThat(asked("always").begins()).isTrue();

        var third = asked("always");
        assertThat(third.begins()).isFalse();
        assertThat(third.response.getStatus()).isEqualTo(429);
        assertThat(third.response.getHeader("Retry-After")).isNotBlank();
        assertThat(third.response.getContentAsString()).contains("urn:menara:problem:too-many-costly-requests");

        caller.set("rif-bio");
        assertThat(asked("always").begins()).as("another party").isTrue();
        caller.set("atlas-ai");
        first.ends();
        assertThat(asked("always").begins()).as("one of its own is done").isTrue();
        assertThat(asked("always").begins()).isFalse();
    }

    @Test
    void who_was_refused_gives_nothing_back() throws Exception {
        asked("always").begins();
        asked("always").begins();
        for (int i = 0; i < 10; i++) {
            var refused = asked("always");
            assertThat(refused.begins()).isFalse();
            refused.ends();
        }
        assertThat(asked("always").begins()).isFalse();
    }

    @Test
    void all_parties_together_have_a_bound_too_and_leave_it_as_they_found_it() throws Exception {
        var begun = new ArrayList<Asked>();
        for (int party = 0; party < FOR_ALL; party++) {
            caller.set("party-" + party);
            var asked = asked("always");
            assertThat(asked.begins()).isTrue();
            begun.add(asked);
        }
        caller.set("one-more");
        var refused = asked("always");
        assertThat(refused.begins()).isFalse();
        assertThat(refused.response.getStatus()).isEqualTo(503);
        assertThat(refused.response.getHeader("Retry-After")).isNotBlank();

        for (var asked : begun) {
            asked.ends();
            asked.ends(); // an answer may be completed twice; it counts once
        }
        for (int i = 0; i < PER_PARTY; i++) {
            assertThat(asked("always").begins()).isTrue();
        }
    }

    @Test
    void an_answer_that_is_written_later_is_counted_once() throws Exception {
        var asked = asked("always");
        assertThat(asked.begins()).isTrue();
        assertThat(asked.begins()).as("it comes by again").isTrue();
        assertThat(asked("always").begins()).isTrue();
        assertThat(asked("always").begins()).isFalse();
    }

    @Test
    void what_is_cheap_is_never_counted() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(asked("cheap").begins()).isTrue();
            assertThat(asked("intoThePast").begins()).isTrue();
            assertThat(asked("overAll", "contract").begins()).isTrue();
        }
        assertThat(asked("intoThePast", "asOf").begins()).isTrue();
        assertThat(asked("overAll").begins()).isTrue();
        assertThat(asked("intoThePast", "asOf").begins()).isFalse();
    }

    private Asked asked(String method, String... parameters) throws NoSuchMethodException {
        var request = new MockHttpServletRequest();
        for (var parameter : parameters) {
            request.setParameter(parameter, "given");
        }
        return new Asked(request, new MockHttpServletResponse(), new HandlerMethod(new Handlers(), method));
    }

    private final class Asked {

        private final MockHttpServletRequest request;
        private final MockHttpServletResponse response;
        private final HandlerMethod handler;

        Asked(MockHttpServletRequest request, MockHttpServletResponse response, HandlerMethod handler) {
            this.request = request;
            this.response = response;
            this.handler = handler;
        }

        boolean begins() throws Exception {
            return requests.preHandle(request, response, handler);
        }

        void ends() {
            requests.afterCompletion(request, response, handler, null);
        }
    }
}
