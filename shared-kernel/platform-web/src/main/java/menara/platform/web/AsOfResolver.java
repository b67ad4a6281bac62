package menara.platform.web;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import menara.platform.web.Years.OutsideYears;
import menara.values.refusals.InvalidField;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives a controller method its {@link AsOf}: one rule and one message for all services. */
final class AsOfResolver implements HandlerMethodArgumentResolver {

    private final Clock clock;

    AsOfResolver(Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == AsOf.class;
    }

    @Override
    public AsOf resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return of(request.getParameter(AsOf.PARAMETER));
    }

    /** @throws InvalidField if it is not an instant, or lies in the future */
    AsOf of(@Nullable String asked) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (asked == null || asked.isEmpty()) {
            return new AsOf(now, false);
        }
        Instant at;
        try {
            at = Years.held(Instant.parse(asked));
        } catch (OutsideYears e) {
            throw new InvalidField(AsOf.PARAMETER, String.valueOf(e.getMessage()));
        } catch (DateTimeException _) {
            throw new InvalidField(AsOf.PARAMETER, WantedForm.instead(asked, Instant.class));
        }
        if (at.isAfter(now)) {
            throw new InvalidField(
                    AsOf.PARAMETER,
                    "must not lie in the future, of which nothing is known: was %s, and it is %s".formatted(at, now));
        }
        return new AsOf(at, true);
    }
}
