package menara.billing;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import menara.billing.catalogue.PricePlanId;
import menara.platform.security.Caller;
import menara.platform.security.Role;
import menara.platform.web.InvalidField;
import menara.platform.web.NotFound;
import menara.platform.web.Refusal;
import menara.platform.web.RuleViolated;
import menara.platform.web.StaleEdit;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.TenantId;
import menara.values.TypedId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.converter.Converter;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** HTTP without tokens: the caller comes from the headers {@code X-Roles} and {@code X-Organization}. */
@TestConfiguration
@EnableWebMvc
@RestControllerAdvice
class InProcessWeb implements WebMvcConfigurer {

    @Bean
    static JsonMapper mapper() {
        return JsonMapper.builder()
                .addModule(new SimpleModule()
                        .addSerializer(new IdAsText())
                        .addSerializer(new MoneyAsTexts())
                        .addDeserializer(TenantId.class, new FromText<>(TenantId::new))
                        .addDeserializer(PricePlanId.class, new FromText<>(PricePlanId::new)))
                .build();
    }

    @ExceptionHandler
    ResponseEntity<?> refused(Refusal refusal) {
        var detail = Objects.requireNonNullElse(refusal.getMessage(), "");
        return switch (refusal) {
            case InvalidField e ->
                ResponseEntity.badRequest()
                        .body(Map.of("errors", List.of(Map.of("field", e.field(), "detail", detail))));
            case NotFound _ -> ResponseEntity.status(404).body(Map.of("detail", detail));
            case RuleViolated e -> ResponseEntity.status(409).body(Map.of("rule", e.rule(), "detail", detail));
            case StaleEdit _ -> ResponseEntity.status(412).body(Map.of("detail", detail));
        };
    }

    @ExceptionHandler
    ResponseEntity<?> forbidden(AccessDeniedException refusal) {
        return ResponseEntity.status(403).body(Map.of());
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        builder.withJsonConverter(new JacksonJsonHttpMessageConverter(mapper()));
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        Converter<String, ContractId> contract = text -> new ContractId(UUID.fromString(text));
        registry.addConverter(String.class, ContractId.class, contract);
        Converter<String, TenantId> tenant = TenantId::new;
        registry.addConverter(String.class, TenantId.class, tenant);
        Converter<String, PricePlanId> plan = PricePlanId::new;
        registry.addConverter(String.class, PricePlanId.class, plan);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerFromHeaders());
    }

    private static final class CallerFromHeaders implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Caller.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory factory) {
            var roles = Arrays.stream(Objects.requireNonNullElse(request.getHeader("X-Roles"), "")
                            .split(","))
                    .map(Role::valueOf)
                    .collect(Collectors.toSet());
            return new Caller("subject", "name", Optional.ofNullable(request.getHeader("X-Organization")), roles);
        }
    }

    private static final class IdAsText extends ValueSerializer<TypedId<?>> {

        @Override
        public Class<?> handledType() {
            return TypedId.class;
        }

        @Override
        public void serialize(TypedId<?> id, JsonGenerator generator, SerializationContext context) {
            generator.writeString(id.value().toString());
        }
    }

    private static final class MoneyAsTexts extends ValueSerializer<Money> {

        @Override
        public Class<?> handledType() {
            return Money.class;
        }

        @Override
        public void serialize(Money money, JsonGenerator generator, SerializationContext context) {
            generator.writeStartObject();
            generator.writeStringProperty("amount", money.amount().toPlainString());
            generator.writeStringProperty("currency", money.currency().getCurrencyCode());
            generator.writeEndObject();
        }
    }

    private static final class FromText<T> extends ValueDeserializer<T> {

        private final Function<String, T> make;

        private FromText(Function<String, T> make) {
            this.make = make;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) {
            return make.apply(parser.getString());
        }
    }
}
