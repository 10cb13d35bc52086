package dev.langchain4j.rerank.spring;

import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** A condition that matches if properties configure a model, or if the jar with a model is on the class path. */
final class ModelConfigured extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("model of " + RerankProperties.PREFIX);
        Binder properties = Binder.get(context.getEnvironment());
        boolean named = Stream.of("local.model-path", "local.model-name", "local.preset", "order")
                        .anyMatch(name -> properties
                                .bind(RerankProperties.PREFIX + "." + name, Bindable.of(String.class))
                                .isBound())
                || properties
                        .bind(RerankProperties.Api.PREFIX, Bindable.mapOf(String.class, Object.class))
                        .isBound();
        if (named) {
            return ConditionOutcome.match(message.because("properties name a model"));
        }
        ClassLoader classes =
                Objects.requireNonNullElseGet(context.getClassLoader(), ModelConfigured.class::getClassLoader);
        return LocalClasses.haveJarModel(classes)
                ? ConditionOutcome.match(message.because("the jar with a model is on the class path"))
                : ConditionOutcome.noMatch(
                        message.because("no property names a model and no jar with a model is on the class path"));
    }
}
