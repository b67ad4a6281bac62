package menara.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import menara.billing.credits.CreditEvent;
import menara.platform.eventsourcing.EventSourcedState;
import menara.platform.eventsourcing.Policy;
import menara.platform.eventsourcing.Projection;
import menara.platform.security.RouteTable;
import menara.values.PublishedEvent;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What no compiler sees: names of events, handlers and routes agree. */
class WiringTest extends BillingOverHttp {

    private final ApplicationContext context;

    @Autowired
    WiringTest(ServletWebServerApplicationContext context) {
        super(context);
        this.context = context;
    }

    @Test
    void every_route_is_in_the_table_and_nothing_else_is() {
        var served = context
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .flatMap(WiringTest::routes)
                .distinct()
                .toList();
        var table = context.getBean(RouteTable.class).routes().stream()
                .map(route -> route.method() + " " + route.pattern())
                .toList();
        assertThat(table).containsExactlyInAnyOrderElementsOf(served);
        assertThat(context.getBean(RouteTable.class).routes())
                .allSatisfy(route -> assertThat(route.roles()).isNotEmpty());
    }

    @Test
    void every_handler_listens_to_the_name_of_the_event_it_takes() {
        assertThat(handlers())
                .isNotEmpty()
                .allSatisfy(handler -> assertThat(Objects.requireNonNull(handler.getAnnotation(EventHandler.class))
                                .eventName())
                        .as(handler.toString())
                        .isEqualTo(nameOf(handler.getParameterTypes()[0])));
    }

    @Test
    void every_private_event_has_a_name_of_its_own_and_credits_are_projected_and_published_whole() {
        var families = context.getBeansOfType(EventSourcedState.class).values().stream()
                .map(EventSourcedState::eventFamily)
                .toList();
        var names = families.stream()
                .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
                .map(event -> nameOf((Class<?>) event))
                .toList();
        assertThat(names).hasSize(9).doesNotHaveDuplicates().allMatch(name -> name.startsWith("menara.billing."));
        assertThat(handlers())
                .filteredOn(
                        handler -> handler.getDeclaringClass().getSimpleName().equals("Credits"))
                .<Class<?>>extracting(handler -> handler.getParameterTypes()[0])
                .containsExactlyInAnyOrder(CreditEvent.class.getPermittedSubclasses());
    }

    private List<Method> handlers() {
        return Stream.concat(
                        context.getBeansWithAnnotation(Projection.class).values().stream(),
                        context.getBeansWithAnnotation(Policy.class).values().stream())
                .flatMap(bean -> Arrays.stream(bean.getClass().getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(EventHandler.class))
                .toList();
    }

    private static String nameOf(Class<?> event) {
        var own = event.getAnnotation(Event.class);
        if (own != null) {
            return own.namespace() + "." + own.name();
        }
        var published = Objects.requireNonNull(event.getAnnotation(PublishedEvent.class), event.getName());
        return published.namespace() + "." + published.name();
    }

    private static Stream<String> routes(RequestMappingInfo mapping) {
        return mapping.getMethodsCondition().getMethods().stream()
                .flatMap(method -> mapping.getPatternValues().stream().map(pattern -> method + " " + pattern));
    }
}
