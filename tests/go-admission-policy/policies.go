package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	v1 "k8s.io/api/admissionregistration/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta/testrestmapper"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/version"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/admission/plugin/cel"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/admission/plugin/webhook/matchconditions"
	"k8s.io/apiserver/pkg/admission/plugin/webhook/predicates/rules"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/cel/environment"
	"k8s.io/apiserver/pkg/cel/openapi/resolver"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/admissionregistration"
	"k8s.io/kubernetes/pkg/apis/admissionregistration/validation"
	"k8s.io/kubernetes/pkg/generated/openapi"
)

// oldest is the compatibility version of the first release with policies in v1, 1.30: what it takes is what
// the release before it knows.
var oldest = version.MajorMinor(1, 29)

type report struct {
	Name     string   `json:"name"`
	Errors   []string `json:"errors,omitempty"`
	Warnings []string `json:"warnings,omitempty"`
}

type policy struct {
	name      string
	rules     []v1.NamedRuleWithOperations
	validator validating.Validator
	// conditions are evaluated once more, for what they cost.
	conditions cel.ConditionEvaluator
}

// readPolicies reads, checks and compiles every policy of a stream of documents; bindings are only checked.
func readPolicies(text []byte) ([]policy, []report, error) {
	checker := &validating.TypeChecker{
		SchemaResolver: resolver.NewDefinitionsSchemaResolver(openapi.GetOpenAPIDefinitions, legacyscheme.Scheme),
		RestMapper:     testrestmapper.TestOnlyStaticRESTMapper(legacyscheme.Scheme),
	}
	documents := yaml.NewYAMLReader(newReader(text))
	var policies []policy
	var reports []report
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return policies, reports, nil
		}
		if err != nil {
			return nil, nil, err
		}
		if len(bytes.TrimSpace(document)) == 0 {
			continue
		}
		object, internal, err := decode(string(document))
		if err != nil {
			return nil, nil, fmt.Errorf("%w in\n%s", err, document)
		}
		switch object := object.(type) {
		case *v1.ValidatingAdmissionPolicy:
			report := report{Name: object.Name}
			internal := internal.(*admissionregistration.ValidatingAdmissionPolicy)
			for _, err := range validation.ValidateValidatingAdmissionPolicy(internal) {
				report.Errors = append(report.Errors, err.Error())
			}
			for _, warning := range checker.Check(object) {
				report.Warnings = append(report.Warnings, warning.FieldRef+": "+warning.Warning)
			}
			compiled, errs := compile(object)
			report.Errors = append(report.Errors, errs...)
			policies = append(policies, compiled)
			reports = append(reports, report)
		case *v1.ValidatingAdmissionPolicyBinding:
			report := report{Name: object.Name}
			internal := internal.(*admissionregistration.ValidatingAdmissionPolicyBinding)
			for _, err := range validation.ValidateValidatingAdmissionPolicyBinding(internal) {
				report.Errors = append(report.Errors, err.Error())
			}
			reports = append(reports, report)
		default:
			return nil, nil, fmt.Errorf("a %T is no policy", object)
		}
	}
}

// compile makes of a policy what the plugin makes of it, in the environment of the oldest release.
func compile(object *v1.ValidatingAdmissionPolicy) (policy, []string) {
	spec := object.Spec
	compiler, err := cel.NewCompositedCompiler(environment.MustBaseEnvSet(oldest))
	if err != nil {
		return policy{name: object.Name}, []string{err.Error()}
	}
	declared := cel.OptionalVariableDeclarations{HasAuthorizer: true}
	withoutAuthorizer := cel.OptionalVariableDeclarations{}
	var problems []string
	for i := range spec.Variables {
		variable := &validating.Variable{Name: spec.Variables[i].Name, Expression: spec.Variables[i].Expression}
		if result := compiler.CompileAndStoreVariable(variable, declared, environment.NewExpressions); result.Error != nil {
			problems = append(problems, fmt.Sprintf("%s: %s", variable.Name, result.Error))
		}
	}
	var conditions, messages, matches []cel.ExpressionAccessor
	for i := range spec.Validations {
		given := &spec.Validations[i]
		conditions = append(conditions, &validating.ValidationCondition{Expression: given.Expression, Message: given.Message, Reason: given.Reason})
		var message cel.ExpressionAccessor
		if given.MessageExpression != "" {
			message = &validating.MessageExpressionCondition{MessageExpression: given.MessageExpression}
		}
		messages = append(messages, message)
	}
	for i := range spec.MatchConditions {
		matches = append(matches, (*matchconditions.MatchCondition)(&spec.MatchConditions[i]))
	}
	var matcher matchconditions.Matcher
	if len(matches) > 0 {
		evaluator := compiler.CompileCondition(matches, declared, environment.NewExpressions)
		problems = append(problems, compilationErrors(evaluator)...)
		matcher = matchconditions.NewMatcher(evaluator, spec.FailurePolicy, "policy", "validate", object.Name)
	}
	evaluator := compiler.CompileCondition(conditions, declared, environment.NewExpressions)
	problems = append(problems, compilationErrors(evaluator)...)
	expressions := compiler.CompileCondition(messages, withoutAuthorizer, environment.NewExpressions)
	problems = append(problems, compilationErrors(expressions)...)
	none := compiler.CompileCondition(nil, declared, environment.NewExpressions)
	var rules []v1.NamedRuleWithOperations
	if spec.MatchConstraints != nil {
		rules = spec.MatchConstraints.ResourceRules
	}
	validator := validating.NewValidator(evaluator, matcher, none, expressions, spec.FailurePolicy, nil)
	return policy{name: object.Name, rules: rules, validator: validator, conditions: evaluator}, problems
}

func compilationErrors(evaluator cel.ConditionEvaluator) []string {
	var problems []string
	for _, err := range evaluator.CompilationErrors() {
		problems = append(problems, err.Error())
	}
	return problems
}

func (p *policy) speaksFor(attributes admission.Attributes) bool {
	for _, rule := range p.rules {
		matcher := rules.Matcher{Rule: rule.RuleWithOperations, Attr: attributes}
		if matcher.Matches() {
			return true
		}
	}
	return false
}

// evaluate gives the message of a denial, the error of an evaluation that failed, and the cost.
func (p *policy) evaluate(attributes *admission.VersionedAttributes, namespace *corev1.Namespace) (denied, failed string, cost int64) {
	ctx := context.Background()
	resource := attributes.GetResource()
	result := p.validator.Validate(ctx, resource, attributes, nil, namespace, celconfig.RuntimeCELCostBudget, nil)
	for _, decision := range result.Decisions {
		switch {
		case decision.Evaluation == validating.EvalError:
			failed = decision.Message
		case decision.Action == validating.ActionDeny:
			denied = decision.Message
		}
	}
	if len(result.Decisions) > 0 {
		admitted := cel.CreateAdmissionRequest(attributes.Attributes, metav1.GroupVersionResource(resource), metav1.GroupVersionKind(attributes.VersionedKind))
		_, remaining, err := p.conditions.ForInput(ctx, attributes, admitted, cel.OptionalVariableBindings{}, namespace, celconfig.RuntimeCELCostBudget)
		if err != nil {
			failed = err.Error()
		}
		cost = celconfig.RuntimeCELCostBudget - remaining
	}
	return denied, failed, cost
}
