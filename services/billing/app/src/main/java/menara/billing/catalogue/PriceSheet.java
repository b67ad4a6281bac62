package menara.billing.catalogue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import menara.billing.meters.Meter;
import menara.values.refusals.InvalidField;
import org.jspecify.annotations.Nullable;

/** Whether the charges of a version fit together; the first thing that does not is named by its place. */
final class PriceSheet {

    /** Charges of one version; each of them is at least one line of every invoice. */
    static final int MAX_CHARGES = 100;

    private PriceSheet() {}

    /** @param meters finds a meter by its code, null if there is none */
    static void check(List<Charge> charges, Function<String, @Nullable Meter> meters) {
        if (charges.size() > MAX_CHARGES) {
            throw new InvalidField("charges", "must be at most " + MAX_CHARGES);
        }
        var codes = new HashMap<String, Charge>();
        for (int i = 0; i < charges.size(); i++) {
            var place = "charges[%d]".formatted(i);
            var charge = charges.get(i);
            if (codes.put(charge.code(), charge) != null) {
                throw new InvalidField(place + ".code", "is another charge's code already");
            }
            checkMeter(place, charge, meters);
        }
        for (int i = 0; i < charges.size(); i++) {
            checkBasis("charges[%d].model.of".formatted(i), charges.get(i), codes);
        }
        checkOverlap(charges);
    }

    private static void checkMeter(String place, Charge charge, Function<String, @Nullable Meter> meters) {
        var code = charge.meter();
        if (code == null) {
            return;
        }
        var meter = meters.apply(code);
        if (meter == null) {
            throw new InvalidField(place + ".meter", "there is no meter " + code);
        }
        var match = charge.match();
        if (match != null && !meter.dimensions().containsAll(match.keySet())) {
            throw new InvalidField(
                    place + ".match", "meter %s has the dimensions %s".formatted(code, meter.dimensions()));
        }
    }

    private static void checkBasis(String place, Charge charge, Map<String, Charge> codes) {
        var of = switch (charge.model()) {
            case PricingModel.Percentage percentage -> percentage.of();
            case PricingModel.Minimum minimum -> minimum.of();
            default -> null;
        };
        if (of == null) {
            return;
        }
        for (int i = 0; i < of.size(); i++) {
            var base = codes.get(of.get(i));
            if (base == null) {
                throw new InvalidField(place + "[" + i + "]", "there is no charge " + of.get(i));
            }
            boolean comesBefore = switch (base.model()) {
                case PricingModel.Percentage _ -> charge.model() instanceof PricingModel.Minimum;
                case PricingModel.Minimum _, PricingModel.Prepaid _ -> false;
                default -> true;
            };
            if (!comesBefore) {
                throw new InvalidField(place + "[" + i + "]", "%s follows from others itself".formatted(of.get(i)));
            }
        }
    }

    /** Usage that two charges count would be paid twice. */
    private static void checkOverlap(List<Charge> charges) {
        var seen = new HashSet<Integer>();
        for (int i = 0; i < charges.size(); i++) {
            for (int other : seen) {
                if (overlap(charges.get(i), charges.get(other))) {
                    throw new InvalidField(
                            "charges[%d].match".formatted(i),
                            "counts usage that charges[%d] counts too".formatted(other));
                }
            }
            if (charges.get(i).meter() != null) {
                seen.add(i);
            }
        }
    }

    private static boolean overlap(Charge one, Charge other) {
        if (one.meter() == null || !one.meter().equals(other.meter())) {
            return false;
        }
        var a = one.match();
        var b = other.match();
        return a == null
                || b == null
                || a.entrySet().stream()
                        .allMatch(entry -> entry.getValue().equals(b.getOrDefault(entry.getKey(), entry.getValue())));
    }
}
