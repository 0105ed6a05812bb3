package da3.demo;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with placeholders such as <code>{{title}}</code>. */
record Template(String text) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

    /** Reads a template from the resources of this module. */
    static Template resource(String name) throws IOException {
        try (InputStream in = Template.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("missing resource " + name);
            }
            return new Template(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /**
     * Returns the text with all placeholders replaced.
     *
     * @throws IllegalArgumentException if a placeholder has no value
     */
    String filled(Map<String, String> values) {
        return PLACEHOLDER.matcher(text).replaceAll(placeholder -> {
            String value = values.get(placeholder.group(1));
            if (value == null) {
                throw new IllegalArgumentException("placeholder '" + placeholder.group(1)
                        + "' must have a value, got values for " + values.keySet());
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /** Returns text with the special characters of HTML escaped. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
