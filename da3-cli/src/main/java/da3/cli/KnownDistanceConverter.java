package da3.cli;

import da3.geometry.KnownDistance;
import da3.geometry.check.Check;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a known distance, for instance {@code 412,300:980,310=1.48} or {@code 2:412,300:980,310=1.48} for view 2. */
final class KnownDistanceConverter implements ITypeConverter<KnownDistance> {

    private static final String NUMBER = "(\\d+(?:\\.\\d+)?)";
    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{1,9}):)?" + NUMBER + "," + NUMBER + ":" + NUMBER + "," + NUMBER + "=" + NUMBER);

    @Override
    public KnownDistance convert(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new TypeConversionException(
                    Check.message("known distance", "X,Y:X,Y=METERS or VIEW:X,Y:X,Y=METERS", "'" + text + "'"));
        }
        try {
            return new KnownDistance(
                    form.group(1) == null ? 0 : Integer.parseInt(form.group(1)),
                    number(form, 2),
                    number(form, 3),
                    number(form, 4),
                    number(form, 5),
                    number(form, 6));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static double number(Matcher form, int group) {
        return Double.parseDouble(form.group(group));
    }
}
