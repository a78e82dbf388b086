(function(){/* jquery.validate.unobtrusive */})();
