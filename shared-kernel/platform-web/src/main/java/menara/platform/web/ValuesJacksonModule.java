package menara.platform.web;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Map;
import menara.values.Energy;
import menara.values.Money;
import menara.values.Power;
import menara.values.TypedId;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.module.SimpleSerializers;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * How values look in JSON, over HTTP and in events alike: ids bare, money as {@code {"amount":"123.45","currency":"MAD"}} (text, so that
 * no reader rounds it), power and energy with their unit, {@code {"value":132,"unit":"kW"}} in and always W or Wh out.
 */
public final class ValuesJacksonModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    private static final Map<String, Long> WATTS = Map.of("W", 1L, "kW", 1_000L, "MW", 1_000_000L);
    private static final Map<String, Long> WATT_HOURS = Map.of("Wh", 1L, "kWh", 1_000L, "MWh", 1_000_000L);

    public ValuesJacksonModule() {
        super("menara-values");
        addSerializer(Money.class, new MoneySerializer());
        addDeserializer(Money.class, new MoneyDeserializer());
        addSerializer(Power.class, new PowerSerializer());
        addDeserializer(Power.class, new PowerDeserializer());
        addSerializer(Energy.class, new EnergySerializer());
        addDeserializer(Energy.class, new EnergyDeserializer());
        addSerializer(new TypedIdSerializer());
        setKeySerializers(new SimpleSerializers().addSerializer(new TypedIdKeySerializer()));
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addDeserializers(new TypedIds());
        context.insertAnnotationIntrospector(new RequiredUnlessNullable());
    }

    private record AmountAndCurrency(String amount, String currency) {}

    private record Quantity(BigDecimal value, String unit) {

        long in(Map<String, Long> units, DeserializationContext context, Class<?> target) {
            var factor = units.get(unit);
            if (factor == null) {
                return context.reportInputMismatch(
                        target,
                        "unit must be one of %s, was \"%s\"",
                        units.keySet().stream().sorted().toList(),
                        unit);
            }
            if (value.precision() > 20 || Math.abs(value.scale()) > 20) {
                return context.reportInputMismatch(target, "value has too many digits");
            }
            try {
                return value.multiply(BigDecimal.valueOf(factor)).longValueExact();
            } catch (ArithmeticException _) {
                return context.reportInputMismatch(
                        target, "%s %s is not a whole number of the smallest unit", value, unit);
            }
        }
    }

    private static final class MoneySerializer extends StdSerializer<Money> {
        MoneySerializer() {
            super(Money.class);
        }

        @Override
        public void serialize(Money money, JsonGenerator out, SerializationContext context) {
            out.writeStartObject();
            out.writeStringProperty("amount", money.amount().toPlainString());
            out.writeStringProperty("currency", money.currency().getCurrencyCode());
            out.writeEndObject();
        }
    }

    private static final class MoneyDeserializer extends StdDeserializer<Money> {
        MoneyDeserializer() {
            super(Money.class);
        }

        @Override
        public Money deserialize(JsonParser in, DeserializationContext context) {
            var parts = context.readValue(in, AmountAndCurrency.class);
            if (!parts.amount().matches("-?\\d{1,20}(\\.\\d{1,14})?")) {
                return context.reportInputMismatch(Money.class, "amount must be a decimal number as text, \"123.45\"");
            }
            try {
                return Money.of(new BigDecimal(parts.amount()), Currency.getInstance(parts.currency()));
            } catch (IllegalArgumentException _) {
                return context.reportInputMismatch(Money.class, "currency must be an ISO 4217 code such as MAD");
            }
        }
    }

    private static void write(JsonGenerator out, long value, String unit) {
        out.writeStartObject();
        out.writeNumberProperty("value", value);
        out.writeStringProperty("unit", unit);
        out.writeEndObject();
    }

    private static final class PowerSerializer extends StdSerializer<Power> {
        PowerSerializer() {
            super(Power.class);
        }

        @Override
        public void serialize(Power power, JsonGenerator out, SerializationContext context) {
            write(out, power.watts(), "W");
        }
    }

    private static final class PowerDeserializer extends StdDeserializer<Power> {
        PowerDeserializer() {
            super(Power.class);
        }

        @Override
        public Power deserialize(JsonParser in, DeserializationContext context) {
            long watts = context.readValue(in, Quantity.class).in(WATTS, context, Power.class);
            return watts < 0
                    ? context.reportInputMismatch(Power.class, "power must not be negative")
                    : Power.watts(watts);
        }
    }

    private static final class EnergySerializer extends StdSerializer<Energy> {
        EnergySerializer() {
            super(Energy.class);
        }

        @Override
        public void serialize(Energy energy, JsonGenerator out, SerializationContext context) {
            write(out, energy.wattHours(), "Wh");
        }
    }

    private static final class EnergyDeserializer extends StdDeserializer<Energy> {
        EnergyDeserializer() {
            super(Energy.class);
        }

        @Override
        public Energy deserialize(JsonParser in, DeserializationContext context) {
            long wattHours = context.readValue(in, Quantity.class).in(WATT_HOURS, context, Energy.class);
            return wattHours < 0
                    ? context.reportInputMismatch(Energy.class, "energy must not be negative")
                    : Energy.wattHours(wattHours);
        }
    }

    @SuppressWarnings("rawtypes") // Jackson registers by class
    private static final class TypedIdSerializer extends StdSerializer<TypedId> {
        TypedIdSerializer() {
            super(TypedId.class);
        }

        @Override
        public void serialize(TypedId id, JsonGenerator out, SerializationContext context) {
            out.writeString(id.value().toString());
        }
    }

    @SuppressWarnings("rawtypes") // Jackson registers by class
    private static final class TypedIdKeySerializer extends StdSerializer<TypedId> {
        TypedIdKeySerializer() {
            super(TypedId.class);
        }

        @Override
        public void serialize(TypedId id, JsonGenerator out, SerializationContext context) {
            out.writeName(id.value().toString());
        }
    }

    /** Every record that implements {@link TypedId} is read from its bare value. */
    private static final class TypedIds extends Deserializers.Base {

        @Override
        public @org.jspecify.annotations.Nullable ValueDeserializer<?> findBeanDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
            return TypedId.class.isAssignableFrom(type.getRawClass())
                    ? new TypedIdDeserializer(type.getRawClass())
                    : null;
        }

        @Override
        public boolean hasDeserializerFor(DeserializationConfig config, Class<?> valueType) {
            return TypedId.class.isAssignableFrom(valueType);
        }
    }
}
