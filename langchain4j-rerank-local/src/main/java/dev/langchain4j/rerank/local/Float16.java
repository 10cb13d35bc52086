package dev.langchain4j.rerank.local;

/** IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. Part of Java from version 20 on. */
final class Float16 {

    private Float16() {}

    static float toFloat(short bits) {
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        float magnitude = switch (exponent) {
            case 0 -> Math.scalb((float) fraction, -24);
            case 0x1F -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Math.scalb((float) (0x400 + fraction), exponent - 25);
        };
        return Math.copySign(magnitude, bits);
    }
}
