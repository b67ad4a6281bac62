package menara.capacity.forecast;

import java.time.Instant;
import java.time.LocalDate;
import menara.capacity.campus.Boundary;

/**
 * Look ahead. Changes nothing; it is a command because it looks at the campus as decisions see it.
 *
 * @param days from {@code from} on
 */
record FindForecast(LocalDate from, int days, Forecast.Weights weights, Instant at) {

    public Boundary boundary() {
        return new Boundary.Site();
    }
}
